import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {Judged} from '../../check.js'
import type {EffectiveAccess} from '../../facts/effective-access.js'
import {type Place, regionPlace, unknown} from '../../judge-resource.js'

/** What is said about one principal: a judgement without its place. */
export type PrincipalJudgement = Omit<Judged, 'region' | 'resource'> & {readonly region?: string}

/** Judges one principal of each group and says the same of all of them; nothing said about somebody is no finding. */
export function* judgePrincipals(
  access: EffectiveAccess,
  judge: (lead: AccountPrincipal, member: AccountPrincipal) => readonly PrincipalJudgement[],
): Iterable<Judged> {
  if (access.missing.length > 0) {
    yield unknown(regionPlace('global'), access.missing)
    return
  }
  for (const {lead, members} of access.groups) {
    for (const member of members) {
      for (const judged of judge(lead, member)) yield {...principalPlace(member), ...judged}
    }
  }
}

/** Works out what depends on a group once, for its lead. */
export function oncePerLead<Value>(work: (lead: AccountPrincipal) => Value): (lead: AccountPrincipal) => Value {
  let last: {readonly lead: AccountPrincipal; readonly value: Value} | undefined
  return (lead) => {
    if (last?.lead !== lead) last = {lead, value: work(lead)}
    return last.value
  }
}

export function principalPlace({arn, kind, name}: AccountPrincipal): Place {
  return {region: 'global', resource: {type: kind, id: arn, name}}
}
