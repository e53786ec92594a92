import type {Reading} from '../account/read.js'
import {read} from '../account/read.js'
import type {ReadId, ReadValues} from '../account/snapshot.schema.js'
import type {AuditContext} from './audit-context.js'
import type {Judged} from './check.js'
import type {Evidence, Fix, Missing, Resource} from './finding.schema.js'

/** Where a judgement belongs. */
export interface Place {
  readonly region: string
  readonly resource: Resource
  readonly aspect?: string | undefined
}

/** What was found out about one resource. */
export interface Facts {
  /** What is wrong, worst first; each a clause without a full stop. */
  readonly defects: readonly string[]
  /** What could not be told. */
  readonly gaps?: readonly Missing[]
  /** Said when nothing is wrong. */
  readonly fine: string
  readonly evidence?: readonly Evidence[]
  readonly fix?: Fix | undefined
}

/** A definite defect outranks what is unknown, and what is unknown is never a pass. */
export function judgeResource(place: Place, {defects, gaps = [], fine, evidence = [], fix}: Facts): Judged {
  if (defects.length > 0) return {...place, verdict: 'FAIL', message: sentence(defects.join('; ')), evidence, fix}
  if (gaps.length > 0) return unknown(place, gaps, evidence)
  return {...place, verdict: 'PASS', message: sentence(fine), evidence}
}

export function unknown(place: Place, missing: readonly Missing[], evidence: readonly Evidence[] = []): Judged {
  const reasons = [...new Set(missing.map(({reason}) => reason))]
  return {...place, verdict: 'UNKNOWN', message: sentence(`Cannot be told: ${reasons.join('; ')}`), missing, evidence}
}

/** Why a read gives nothing, as what is missing. */
export function missingOf({action, code, reason}: Extract<Reading<unknown>, {state: 'unread'}>): Missing {
  return {action, code, reason}
}

/** No gap: the service is not there, or the Region not enabled, so there is nothing that could be wrong. */
export function isNowhere(reading: Extract<Reading<unknown>, {state: 'unread'}>): boolean {
  return reading.status === 'not-enabled' || reading.code === 'NOT_OFFERED'
}

/**
 * Judges what one read gives, Region by Region. Where it was not read, or not even asked for, the answer is UNKNOWN about
 * the Region; where the service does not exist there is none.
 */
export function* inEachRegion<Id extends ReadId>(
  {snapshot}: AuditContext,
  id: Id,
  judge: (value: ReadValues[Id], region: string) => Iterable<Judged>,
): Iterable<Judged> {
  for (const {name: region} of snapshot.regions) {
    const reading = read(snapshot, id, region)
    if (reading.state === 'read') yield* judge(reading.value, region)
    else if (!isNowhere(reading)) yield unknown(regionPlace(region, id), [missingOf(reading)])
  }
}

/** For an answer about a Region, or the account, as a whole. */
export function regionPlace(region: string, aspect?: string): Place {
  const resource = region === 'global' ? {type: 'account', id: 'account'} : {type: 'region', id: region}
  return {region, resource, ...(aspect !== undefined && {aspect})}
}

export function configEvidence(text: string, readId?: ReadId, region?: string): Evidence {
  return {kind: 'config', text, ...(readId && {read: readId}), ...(region !== undefined && {region})}
}

function sentence(text: string): string {
  const trimmed = text.trim()
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?]$/.test(start) ? start : `${start}.`
}
