import {shellWord} from '../../../core/shell-word.js'
import {plural} from '../../../core/text.js'
import {showElapsed} from '../../quantities.js'
import {allRows} from '../data.js'
import type {ViewFailure} from '../guarded-views.js'
import type {BoardState} from '../state.js'

/** The one line that stays where the board was: what was watched and for how long, and where its recording is. */
export function farewell({data, subject}: BoardState, watchedMs: number, record: string | undefined): string {
  const {account, regions, replayed, simulated} = subject
  const jobs = allRows(data.jobs).filter(({live}) => live).length
  const alarms = allRows(data.alarms).filter(({state}) => state === 'ALARM').length
  const standing = [
    ...(jobs === 0 ? [] : [`${plural(jobs, 'job')} running`]),
    ...(alarms === 0 ? [] : [`${plural(alarms, 'alarm')} in ALARM`]),
  ]
  const whose = [
    ...(regions.length === 0 ? [] : [plural(regions.length, 'Region')]),
    ...(account === null ? [] : [`account ${account}`]),
  ].join(' of ')
  return [
    `${replayed ? 'Replayed' : 'Watched'} ${whose === '' ? 'nothing yet' : whose} for ${showElapsed(watchedMs)}${simulated ? ', simulated' : ''}.`,
    ...(standing.length === 0 ? [] : [`At the end: ${standing.join(', ')}.`]),
    ...(record === undefined ? [] : [`Recorded: bedrockctl monitor --replay ${shellWord(record)}`]),
  ].join(' ')
}

/** A view that failed while the board was shown, told once after it: with where it failed for whoever reports it. */
export function failureText({error, view}: ViewFailure, debug: boolean): string {
  const told = `The view ${view} failed: ${error.name}: ${error.message}`
  if (debug) return `${told}\n${error.stack ?? ''}`
  return `${told}\nThis is a bug in bedrockctl. Run it again with --debug and report the output.`
}
