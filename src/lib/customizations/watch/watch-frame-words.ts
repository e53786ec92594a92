import {sanitise} from '../../core/text.js'
import {toneOfState} from '../../jobs/state-tone.js'
import type {Sighting} from '../../jobs/wait/wait-for-end.js'
import type {JobFrame, ShownPhase} from '../../monitor/job/state.js'
import {lineChart} from '../../output/chart/line-chart.js'
import {spanWord} from '../../output/span.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'
import type {PhaseRow} from '../customization.schema.js'
import {metricWord, phaseWord} from '../customization-words.js'
import {customizationFailure} from '../follow/failure-remedy.js'
import {mainChart} from '../metrics/metric-charts-words.js'
import {typeWord} from '../type-word.js'
import {lastPlace} from './watch-changes.js'
import type {JobLook} from './watch-job.js'

/** A look in the words of the live view. */
export function watchFrame(
  {atMs, nextAtMs, seen}: Sighting<JobLook>,
  simulated: boolean,
  look: Pick<Terminal, 'unicode'>,
): JobFrame {
  const {metrics, row} = seen
  const {baseModel, name, region, state, type} = row
  const chart = mainChart(metrics.series, {job: name})
  return {
    title: name,
    state,
    tone: toneOfState(state),
    where: `${typeWord(type)}  ${baseModel}  ${region}`,
    phases: row.phases.map((phase) => shownPhase(phase, row.queued)),
    progress: undefined,
    facts: factsOf(seen),
    chart: chart && (({columns, rows}) => drawn(chart, columns, rows, look)),
    notes: (columns) => notesOf(seen).flatMap((note) => wrapText(note, columns)),
    atMs,
    nextAtMs,
    simulated,
  }
}

function shownPhase({endedAt, name, startedAt, state}: PhaseRow, queued: boolean): ShownPhase {
  const waits = queued && name === 'training'
  return {
    name: phaseWord(name),
    state: waits ? 'queued for capacity' : (state ?? '?'),
    tone: toneOfState(state),
    startedAtMs: startedAt === null ? undefined : Date.parse(startedAt),
    endedAtMs: endedAt === null ? undefined : Date.parse(endedAt),
  }
}

/** Where the training is, and the last of each metric. */
function factsOf({epochs, metrics, row}: JobLook): readonly string[] {
  const place = lastPlace(metrics)
  const of = epochs === null ? '' : ` (${epochs} asked for)`
  return [
    ...(place === undefined ? [] : [`step ${place.step}${place.epoch === null ? '' : `, epoch ${place.epoch}${of}`}`]),
    ...metrics.series.flatMap(({name, points}) => {
      const point = points.at(-1)
      return point === undefined || name === 'perplexity' ? [] : [`${name} ${metricWord(point.value)}`]
    }),
    `${spanWord(row.ageSeconds)} since it was made`,
  ]
}

function notesOf({metrics, row}: JobLook): readonly string[] {
  const failure = row.state === 'Failed' ? customizationFailure(row.message) : null
  const training = row.phases.find(({name}) => name === 'training')
  return [
    ...(failure === null ? [] : [sanitise(failure.message), failure.remedy ?? '']),
    ...(row.queued ? ['Its data is ready; it waits for training capacity, which may take hours.'] : []),
    ...(metrics.series.length === 0 && metrics.unread.length === 0 && training?.state === 'InProgress'
      ? ['No metrics are written yet; AWS may write them as the training goes on, or at its end.']
      : []),
    ...metrics.unread.map(({reason}) => `Metrics could not be read: ${sanitise(reason)}`),
  ].filter((note) => note !== '')
}

/** Without its title, which the screen has; lines are told apart by their letters alone, for the screen paints none. */
function drawn(
  chart: Parameters<typeof lineChart>[0],
  columns: number,
  rows: number,
  {unicode}: Pick<Terminal, 'unicode'>,
): readonly string[] {
  const terminal = {width: columns, color: false, interactive: true, unicode}
  const lines = (plotRows: number) => lineChart(chart, terminal, {rows: plotRows}).split('\n').slice(TITLE_LINES)
  const around = lines(LEAST_ROWS).length - LEAST_ROWS
  const room = Math.min(MOST_ROWS, rows - around)
  return room < LEAST_ROWS ? [] : lines(room)
}

/** The title, and a blank line. */
const TITLE_LINES = 2
const LEAST_ROWS = 4
const MOST_ROWS = 26
