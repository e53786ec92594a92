import type {JobRow, RowAction} from './jobs.schema.js'

/** What may be done with a job as it stands; `name` is what must be typed. */
export interface ActionFacts {
  readonly name: string
  /** What stopping means, as the command that stops asks; undefined where there is nothing to stop. */
  readonly stop: string | undefined
  /** Where its answers would be written; undefined where there is nothing to collect. */
  readonly collectTo: string | undefined
  readonly answered: number | null
}

/** What is offered for a row: only what would do something. */
export function jobActions({answered, collectTo, name, stop}: ActionFacts): readonly RowAction[] {
  return [
    ...(stop === undefined ? [] : [{name: 'stop', effect: stop, confirm: name} as const]),
    ...(collectTo === undefined || answered === 0
      ? []
      : [{name: 'collect', effect: collectWords(answered, collectTo), confirm: name} as const]),
  ]
}

function collectWords(answered: number | null, file: string): string {
  const answers = answered === null ? 'the answers' : `${answered.toLocaleString('en-US')} answers`
  return `Write ${answers} to ${file}? Reads them from S3; a file that is there is not replaced.`
}

/** What stopping an evaluation means; undefined where it is not running. */
export function evaluationStopWords({live, name, state}: Pick<JobRow, 'live' | 'name' | 'state'>): string | undefined {
  if (!live || state === 'Stopping' || state === 'Deleting') return undefined
  return `Stop ${name}? What models were asked so far is charged, no report comes of it, and it cannot be resumed.`
}
