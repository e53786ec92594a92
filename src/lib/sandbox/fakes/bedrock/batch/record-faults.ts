import type {BatchJob, RecordFailure} from '../../../world/batch-state.js'
import {matchesPattern} from '../../../world/denials.js'
import type {BatchSettings} from '../../../world/resources.js'
import {hashText} from '../answers/reply.js'

type Rule = NonNullable<BatchSettings['recordErrors']>[number]

/** The record errors that a scenario wants of one job. */
export interface RecordFaults {
  /** The error of a record, if it is to fail. */
  of(recordId: string, bytes: number): RecordFailure | undefined
}

export interface FaultPlace {
  readonly jobName: string
  readonly seed: number
  /** How often a record failed before, kept beyond the job. */
  readonly attempts: ReadonlyMap<string, number>
}

/** Records are chosen by seed and id: a record that is sent again meets the same rule. */
export function recordFaults({recordErrors = []}: BatchSettings, place: FaultPlace): RecordFaults {
  const rules = recordErrors.filter(({jobs = '*'}) => matchesPattern(jobs, place.jobName))
  return {
    of(recordId, bytes) {
      const index = rules.findIndex((rule, order) => strikes(rule, order, recordId, place.seed))
      const rule = rules[index]
      if (!rule) return undefined
      const {code, message, asOutput = false, attempts} = rule
      if (attempts === undefined) return {code, message, asOutput}
      const countedAs = `${index}/${bytes}/${recordId}`
      if ((place.attempts.get(countedAs) ?? 0) >= attempts) return undefined
      return {code, message, asOutput, countedAs}
    },
  }
}

const RANGE = 0x1_0000_0000

function strikes({share}: Rule, order: number, recordId: string, seed: number): boolean {
  // Ids that differ in their last letter must differ in every bit.
  let mixed = hashText(recordId, (seed + order * 0x9e3779b9) >>> 0)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / RANGE < share
}

/** Counts the failures of the records that a job got to. */
export function countAttempts({intake}: BatchJob, processed: number, attempts: Map<string, number>): void {
  for (const [place, {countedAs}] of intake?.failures ?? []) {
    if (place >= processed) return
    if (countedAs !== undefined) attempts.set(countedAs, (attempts.get(countedAs) ?? 0) + 1)
  }
}
