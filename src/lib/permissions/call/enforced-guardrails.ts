import {bedrockPolicy} from '../../account/bedrock-policy.js'
import {type Reading, read} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {AccountPolicies} from '../../iam/account/account-policies.js'
import type {GuardrailProfiles} from '../../iam/guardrail-profiles.schema.js'
import {guardrailLegs} from '../../iam/legs/guardrail-legs.js'
import type {CallLeg, Leg} from '../../iam/legs/leg.js'
import {guardrailUse, splitVersion} from './find-guardrail.js'

/** A guardrail that account or organisation puts on calls, whatever they name themselves. */
interface Enforced {
  /** ARN. */
  readonly arn: string
  readonly version: string
  /** Null: every model. */
  readonly models: {readonly included: readonly string[]; readonly excluded: readonly string[]} | null
}

interface Matter {
  /** Foundation model that is called; null: none, or not known. */
  readonly modelId: string | null
  readonly region: string
  readonly snapshot: AccountSnapshot
  readonly policies: AccountPolicies
  readonly profiles: GuardrailProfiles
}

const SOURCE = {source: 'Bedrock User Guide, guardrails-enforcements', asOf: '2026-10-01'}

/**
 * What an invocation needs besides: an enforced guardrail is applied with the permissions of the caller. Where it was not
 * read whether one is enforced, a leg stays open.
 */
export function enforcedLegs(matter: Matter): readonly CallLeg[] {
  const {snapshot, region, policies, modelId} = matter
  const own = ofAccount(snapshot, region)
  const shared: Reading<readonly Enforced[]> =
    policies.organization === null ? {state: 'read', value: []} : ofOrganization(snapshot, region)
  return [own, shared].flatMap((reading): readonly CallLeg[] => {
    if (reading.state === 'unread') {
      const unknown = `whether a guardrail is enforced; ${reading.action}: ${reading.reason}`
      return [{kind: 'open', name: 'enforced guardrail', actor: 'caller', unknown}]
    }
    return reading.value.filter(({models}) => holdsFor(models, modelId)).flatMap((one) => legsOf(one, matter))
  })
}

function ofAccount(snapshot: AccountSnapshot, region: string): Reading<readonly Enforced[]> {
  const found = read(snapshot, 'bedrock:enforced-guardrails', region)
  if (found.state === 'unread') return found
  const value = found.value.map(({guardrailArn, guardrailVersion, models}) => {
    return {arn: splitVersion(guardrailArn).name, version: guardrailVersion, models}
  })
  return {state: 'read', value}
}

function ofOrganization(snapshot: AccountSnapshot, region: string): Reading<readonly Enforced[]> {
  const policy = bedrockPolicy({snapshot})
  if (policy.state === 'unread') return policy
  const here = policy.value?.guardrails?.filter((guardrail) => guardrail.region === region) ?? []
  const value = here.flatMap(({identifier, models}): readonly Enforced[] => {
    if (identifier === null) return []
    const {name, version = 'DRAFT'} = splitVersion(identifier)
    return [{arn: name, version, models}]
  })
  return {state: 'read', value}
}

/** A model in both lists is left out. */
function holdsFor(models: Enforced['models'], modelId: string | null): boolean {
  if (models === null) return true
  const names = (one: string) => modelId !== null && (one === modelId || one.endsWith(`/${modelId}`))
  const all = models.included.length === 0 || models.included.some((one) => one.toUpperCase() === 'ALL')
  return (all || models.included.some(names)) && !models.excluded.some(names)
}

function legsOf({arn, version}: Enforced, {snapshot, profiles, region, policies}: Matter): readonly CallLeg[] {
  const parsed = parseArn(arn)
  const id = arn.slice(arn.lastIndexOf('/') + 1)
  const place = {
    partition: policies.partition,
    account: parsed?.account || policies.account,
    region: parsed?.region || region,
  }
  const listed = read(snapshot, 'bedrock:guardrails', place.region)
  const known = listed.state === 'read' && place.account === policies.account ? listed.value : []
  const found = known.find((one) => one.id === id)
  const use = found ? guardrailUse(found, version, place.region, profiles) : {id, version}
  return guardrailLegs(use, place).map((leg): CallLeg => {
    const part = leg.name === 'guardrail' ? '' : `, ${leg.name.replace('guardrail ', '')}`
    const name = `enforced guardrail ${id}${part}`
    return leg.kind === 'open' ? {...leg, name} : ({...leg, ...SOURCE, name} satisfies Leg)
  })
}
