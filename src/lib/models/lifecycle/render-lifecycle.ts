import {plural} from '../../core/text.js'
import {describeOrigins} from '../../output/describe-origin.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {LifecycleEvent, LifecycleResult, ModelLifecycle} from './lifecycle.schema.js'
import {renderScan, scanToSarif} from './render-scan.js'

/** The date of one event, as it stands in CSV. */
function dateOf({dates}: ModelLifecycle, event: LifecycleEvent): string | null {
  return dates.find((entry) => entry.event === event)?.date ?? null
}

function dateColumn(key: string, title: string, event: LifecycleEvent, weight: number): Column<ModelLifecycle> {
  return {
    key,
    title,
    value: (model) => dateOf(model, event),
    text: (model) => dateOf(model, event) ?? '-',
    weight,
  }
}

const COLUMNS: readonly Column<ModelLifecycle>[] = [
  {key: 'model', title: 'MODEL', value: ({id}) => id, text: ({id}, terminal) => paint('id', id, terminal), weight: 0},
  {key: 'phase', title: 'PHASE', value: ({phase}) => phase, text: phaseText, weight: 0},
  {
    key: 'next-event',
    title: 'NEXT',
    value: ({next}) => next?.event ?? null,
    text: ({next}) => (next ? SHORT_WORDS[next.event] : '-'),
    weight: 1,
  },
  {
    key: 'days-left',
    title: 'DAYS',
    value: ({next}) => next?.daysLeft ?? null,
    text: ({next}) => (next ? String(next.daysLeft) : '-'),
    align: 'right',
    weight: 1,
  },
  dateColumn('launched', 'LAUNCHED', 'launched', 6),
  dateColumn('legacy', 'LEGACY', 'legacy', 4),
  dateColumn('extended-access', 'EXTENDED', 'extendedAccess', 3),
  dateColumn('end-of-life', 'END OF LIFE', 'endOfLife', 2),
  {
    key: 'successor',
    title: 'NEWER OF THE SAME MAKER',
    value: ({successor}) => successor?.id ?? null,
    text: ({successor}) => successor?.id ?? '-',
    weight: 5,
  },
]

const EVENT_WORDS: Readonly<Record<LifecycleEvent, string>> = {
  launched: 'launched',
  legacy: 'becomes legacy',
  extendedAccess: 'extended access',
  endOfLife: 'end of life',
  endOfLifeNoSoonerThan: 'no end before',
}

/** For the table, where days stand beside them. */
const SHORT_WORDS: typeof EVENT_WORDS = {...EVENT_WORDS, legacy: 'legacy', extendedAccess: 'extended'}

function phaseText({phase}: ModelLifecycle, terminal: Terminal): string {
  if (phase === 'ACTIVE') return phase
  return paint(phase === 'EOL' ? 'bad' : 'warn', phase, terminal)
}

/** The view of `models lifecycle`; `version` is what SARIF says of the tool. */
export function lifecycleView(version: string): View<LifecycleResult, object> {
  return {
    rows: ({models, scan}) => scan?.findings ?? models,
    columns: (result) => (result.scan ? SCAN_COLUMNS : (COLUMNS as readonly Column<object>[])),
    text: (result, terminal) => (result.scan ? renderScan(result, terminal) : renderModels(result, terminal)),
    extra: {sarif: (result) => scanToSarif(result, version)},
  }
}

type FindingRow = NonNullable<LifecycleResult['scan']>['findings'][number]

const SCAN_COLUMNS = (
  ['severity', 'rule', 'file', 'line', 'column', 'text', 'modelId', 'message', 'remedy'] as const
).map(
  (key): Column<object> => ({
    key: key === 'modelId' ? 'model' : key,
    title: key === 'modelId' ? 'MODEL' : key.toUpperCase(),
    value: (row) => (row as FindingRow)[key],
  }),
)

const FEW = 3

/** Few models: a sheet each. Many: those that are going, and a count of the others. */
async function renderModels(result: LifecycleResult, terminal: Terminal): Promise<string> {
  const {models} = result
  if (models.length === 0) {
    return result.withinDays === null
      ? 'No model matches.'
      : `Nothing is taken away within ${result.withinDays} days of ${result.on}.`
  }
  const gate = gateLines(result, terminal)
  if (models.length <= FEW) {
    return [...models.map((model) => renderSheet(model, terminal)), ...gate].join('\n\n')
  }
  const moving = models.filter(({phase, next}) => phase !== 'ACTIVE' || next !== null)
  const shown = moving.length > 0 ? moving : models
  const quiet = models.length - shown.length
  const rest = quiet > 0 ? [`${plural(quiet, 'more model')} ACTIVE without an announced date: -o csv lists them.`] : []
  return [await renderTable(shown, COLUMNS, terminal), ...rest, ...gate].join('\n\n')
}

function renderSheet(model: ModelLifecycle, terminal: Terminal): string {
  const {id, name, dates, meaning, successor} = model
  const head = [paint('strong', name ?? id, terminal), paint('id', id, terminal), phaseText(model, terminal)]
  const dated = dates.flatMap(({event, date, daysLeft, origin}) => {
    const left = daysLeft > 0 ? `in ${plural(daysLeft, 'day')}` : event === 'launched' ? '' : 'past'
    const source =
      origin.kind === 'bundle' ? `${origin.source}, as of ${origin.asOf}` : describeOrigins([origin], terminal)
    const line = `  ${EVENT_WORDS[event].padEnd(17)}${date}  ${left.padEnd(13)}`
    const fits = line.length + source.length <= terminal.width
    if (fits) return [`${line}${paint('faint', source, terminal)}`]
    const pad = ' '.repeat(19)
    return [
      line.trimEnd(),
      ...wrapText(source, terminal.width - 19).map((text) => pad + paint('faint', text, terminal)),
    ]
  })
  return [
    head.join('   '),
    '',
    ...(dated.length > 0 ? dated : ['  no date is known']),
    ...regionLines(model, terminal),
    '',
    ...meaning.flatMap((text) => wrapText(text, terminal.width - 2).map((line) => `  ${line}`)),
    ...(successor
      ? ['', `Suggestion: ${paint('id', successor.id, terminal)}, ${successor.words}${launchOf(successor.launched)}.`]
      : []),
  ].join('\n')
}

const launchOf = (launched: string | null) => (launched === null ? '' : `, launched ${launched}`)

function regionLines({regions, differs}: ModelLifecycle, terminal: Terminal): readonly string[] {
  if (!differs) return []
  return [
    '',
    paint('warn', '  Regions differ', terminal),
    ...regions.map(
      ({region, phase, endOfLife}) => `  ${region.padEnd(17)}${phase}${endOfLife ? `, end of life ${endOfLife}` : ''}`,
    ),
  ]
}

function gateLines({gate}: LifecycleResult, terminal: Terminal): readonly string[] {
  if (!gate) return []
  if (gate.passed) return [`${paint('good', 'PASS', terminal)}  ${gate.requirement}`]
  return [
    [`${paint('bad', 'FAIL', terminal)}  ${gate.requirement}`, ...gate.failures.map((text) => `      ${text}`)].join(
      '\n',
    ),
  ]
}
