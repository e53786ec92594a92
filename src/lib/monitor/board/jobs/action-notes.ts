import type {BatchCollect} from '../../../batch/collect/batch-collect.schema.js'
import {plural} from '../../../core/text.js'
import {clean} from '../../text-width.js'
import type {ActionNote} from '../actions.js'

/** What became of one thing that was to be stopped, as the commands that stop tell it. */
export interface StopOutcome {
  readonly outcome: string
  /** Why it could not be stopped. */
  readonly why?: string | undefined
}

/** One line of what a stop came to; stopping what is not open any more is no failure. */
export function stopNote(name: string, items: readonly StopOutcome[]): ActionNote {
  const count = (...outcomes: readonly string[]) => items.filter(({outcome}) => outcomes.includes(outcome)).length
  const stopping = count('stopping', 'stopped')
  const unmade = count('withheld')
  const before = count('already-stopping')
  const failed = items.filter(({outcome}) => outcome === 'failed')
  const parts = [
    ...(stopping > 0 ? [items.length === 1 ? 'is being stopped' : `${plural(stopping, 'job')} being stopped`] : []),
    ...(before > 0 ? [items.length === 1 ? 'was being stopped already' : `${before} stopping already`] : []),
    ...(unmade > 0 ? [`${plural(unmade, 'job')} left unmade`] : []),
    ...(failed.length > 0 ? [`${failed.length} could not be stopped: ${clean(failed[0]?.why ?? '')}`] : []),
  ]
  if (parts.length === 0) return {text: `${clean(name)} had ended already`, tone: 'warn'}
  const tone = failed.length > 0 ? 'bad' : stopping + unmade > 0 ? 'good' : 'warn'
  return {text: `${clean(name)}: ${parts.join(', ')}`, tone}
}

/** One line of what collecting came to. */
export function collectNote(name: string, file: string, {answered, out, records}: BatchCollect): ActionNote {
  const of = `${answered.toLocaleString('en-US')} of ${records.toLocaleString('en-US')}`
  if (out === null) return {text: `${clean(name)} has written no output yet; nothing was written here`, tone: 'warn'}
  const missing = records - answered
  const rest = missing > 0 ? `; ${missing.toLocaleString('en-US')} without an answer` : ''
  return {text: `${of} answers of ${clean(name)} are in ${file}${rest}`, tone: missing > 0 ? 'warn' : 'good'}
}

/** Where the answers of a group or job are written when the board collects them: below the folder it was started in. */
export function collectFile(name: string): string {
  return `${clean(name).replace(/[^\w.+-]+/g, '_')}.answers.jsonl`
}
