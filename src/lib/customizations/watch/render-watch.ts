import {sanitise} from '../../core/text.js'
import {lineChart} from '../../output/chart/line-chart.js'
import {toNdjson} from '../../output/json.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {PhaseRow} from '../customization.schema.js'
import {atWord, metricWord, phaseWord, stateWord} from '../customization-words.js'
import {mainChart} from '../metrics/metric-charts-words.js'
import type {MetricSeries} from '../metrics/metrics.schema.js'
import type {CustomizationWatchResult} from './customization-watch.schema.js'
import type {WatchChange} from './watch-changes.js'

/** One line of a change, for people and pipes. `at`: ISO 8601. */
export function changeLine(change: WatchChange, at: string, terminal: Terminal): string {
  const time = terminal.interactive ? at.slice(11, 19) : at
  return `${paint('faint', time, terminal)}  ${paint('id', sanitise(change.name), terminal)}  ${whatChanged(change, terminal)}`
}

function whatChanged(change: WatchChange, terminal: Terminal): string {
  const arrow = terminal.unicode ? '→' : '->'
  switch (change.kind) {
    case 'queued':
      return 'queued for training capacity; this may take hours, and nothing is wrong'
    case 'state': {
      const from = change.from === null ? '' : `${change.from} ${arrow} `
      const why = change.message === null ? '' : `: ${sanitise(change.message)}`
      return `${from}${stateWord(change.to, terminal)}${why}`
    }
    case 'phase': {
      const from = change.from === null ? '' : `${change.from} ${arrow} `
      const took = change.seconds === null || change.to === 'InProgress' ? '' : ` after ${spanWord(change.seconds)}`
      return `${phaseWord(change.phase)}: ${from}${stateWord(change.to, terminal)}${took}`
    }
    case 'metrics': {
      // Perplexity is the loss again, by another name.
      const told = change.values.filter(({name}) => name !== 'perplexity')
      const values = told.map(({name, value}) => `${sanitise(name)} ${metricWord(value)}`)
      return `step ${change.step}${change.epoch === null ? '' : `, epoch ${change.epoch}`}: ${values.join(', ')}`
    }
  }
}

/** A change as one line of JSON. */
export function changeJson(change: WatchChange, at: string, simulated: boolean): string {
  return toNdjson([{at, ...change}], simulated)
}

const COLUMNS: readonly Column<PhaseRow>[] = [
  {key: 'phase', title: 'PHASE', value: ({name}) => name, weight: 0},
  {key: 'state', title: 'STATE', value: ({state}) => state, weight: 0},
  {key: 'started', title: 'STARTED', value: ({startedAt}) => startedAt},
  {key: 'ended', title: 'ENDED', value: ({endedAt}) => endedAt},
  {key: 'seconds', title: 'SECONDS', value: ({seconds}) => seconds, align: 'right'},
]

const ENDS: Readonly<Record<CustomizationWatchResult['end'], string>> = {
  ended: '',
  'timed-out': 'The wait is over; the job goes on.',
  interrupted: 'Watching ended; the job goes on.',
}

/** The view of `customizations watch`; `series` gives what the last look read, for the chart at the end. */
export function customizationWatchView(
  series: () => readonly MetricSeries[],
): View<CustomizationWatchResult, PhaseRow> {
  return {
    rows: ({job}) => job?.phases ?? [],
    columns: () => COLUMNS,
    text: (result, terminal) => lastWords(result, series(), terminal),
    extra: {
      ndjson: ({asOf, end, failure, gate, job, looks, metrics, next, simulated}) =>
        toNdjson([{at: asOf, kind: 'end', end, passed: gate.passed, looks, job, metrics, failure, next}], simulated),
    },
  }
}

function lastWords(
  {end, failure, job, next}: CustomizationWatchResult,
  series: readonly MetricSeries[],
  terminal: Terminal,
): string {
  const chart = job && terminal.interactive ? mainChart(series, {job: job.name}) : undefined
  const at = job === null ? '' : atWord(job)
  const head =
    job === null
      ? 'Nothing was seen yet.'
      : [paint('strong', sanitise(job.name), terminal), stateWord(job.state, terminal), at === '-' ? '' : at]
          .filter((word) => word !== '')
          .join('  ')
  const said = failure ? [sanitise(failure.message), failure.remedy ?? ''] : job?.message ? [sanitise(job.message)] : []
  return [
    ...(chart ? [lineChart(chart, terminal), ''] : []),
    ...[head, ENDS[end], ...said].filter((line) => line !== '').flatMap((line) => wrapText(line, terminal.width)),
    // Not wrapped: a command is there to be copied.
    ...next.map((command, index) => `${index === 0 ? 'next' : '    '}  ${paint('id', command, terminal)}`),
  ].join('\n')
}
