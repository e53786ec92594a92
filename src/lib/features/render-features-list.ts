import {plural} from '../core/text.js'
import {describeOrigins} from '../output/describe-origin.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {wrapText} from '../output/wrap.js'
import type {Coincidence, Coverage, FeatureCoverage, FeaturesListResult} from './features-list.schema.js'

/** One (feature, Region): a record of CSV, NDJSON and Markdown. With --same-as also what is said for the model. */
interface FeatureRow {
  readonly feature: string
  readonly name: string
  readonly region: string
  readonly answer: Coverage
  readonly model: string | null
  readonly modelAnswer: Coverage | null
  readonly callable: string | null
  readonly route: string | null
  readonly asOf: string
  readonly confidence: string
}

const COLUMNS: readonly Column<FeatureRow>[] = [
  {key: 'feature', title: 'FEATURE', value: ({feature}) => feature},
  {key: 'name', title: 'NAME', value: ({name}) => name},
  {key: 'region', title: 'REGION', value: ({region}) => region},
  {key: 'answer', title: 'COVERAGE', value: ({answer}) => answer},
  {key: 'model', title: 'MODEL', value: ({model}) => model, text: ({model}) => model ?? '-'},
  {
    key: 'model-answer',
    title: 'FOR MODEL',
    value: ({modelAnswer}) => modelAnswer,
    text: ({modelAnswer}) => modelAnswer ?? '-',
  },
  {key: 'callable', title: 'CALLABLE', value: ({callable}) => callable, text: ({callable}) => callable ?? '-'},
  {key: 'route', title: 'ROUTE', value: ({route}) => route, text: ({route}) => route ?? '-'},
  {key: 'as-of', title: 'AS OF', value: ({asOf}) => asOf},
  {key: 'confidence', title: 'CONFIDENCE', value: ({confidence}) => confidence},
]

/** More Regions than this and the matrix counts them instead. */
const SHOWN_REGIONS = 6

export const featuresListView: View<FeaturesListResult, FeatureRow> = {
  rows: toRows,
  columns: () => COLUMNS,
  text: renderFeatures,
}

function toRows({features, sameAs}: FeaturesListResult): readonly FeatureRow[] {
  return features.flatMap(({id, name, regions, asOf, confidence}) =>
    regions.map(({region, answer}) => {
      const place = sameAs?.regions.find((candidate) => candidate.region === region)
      return {
        feature: id,
        name,
        region,
        answer,
        model: sameAs?.modelId ?? null,
        modelAnswer: place?.features.find((cell) => cell.id === id)?.answer ?? null,
        callable: place?.callable ?? null,
        route: place?.route?.id ?? null,
        asOf,
        confidence,
      }
    }),
  )
}

async function renderFeatures(result: FeaturesListResult, terminal: Terminal): Promise<string> {
  const [only] = result.features
  const body = result.sameAs
    ? await renderCoincidences(result.sameAs, result, terminal)
    : only && result.features.length === 1 && result.regions.length > SHOWN_REGIONS
      ? renderOne(only, terminal)
      : await renderMatrix(result, terminal)
  return [...gateLines(result, terminal), body, footer(result, terminal)].join('\n\n')
}

function gateLines({gate}: FeaturesListResult, terminal: Terminal): readonly string[] {
  if (!gate) return []
  const head = `${gate.passed ? paint('good', 'PASS', terminal) : paint('bad', 'FAIL', terminal)}  ${gate.requirement}`
  return [
    [head, ...gate.failures.map((text) => `      ${text}`)]
      .flatMap((line) => wrapText(line, terminal.width))
      .join('\n'),
  ]
}

/** Features by Regions; of many Regions, how many say what. */
async function renderMatrix({features, regions}: FeaturesListResult, terminal: Terminal): Promise<string> {
  const {renderTable} = await import('../output/table.js')
  const name: Column<FeatureCoverage> = {key: 'feature', title: 'FEATURE', value: ({id}) => id, weight: 0}
  const dated: Column<FeatureCoverage>[] = [
    {key: 'as-of', title: 'AS OF', value: ({asOf}) => asOf, text: ({asOf}) => shortDate(asOf), weight: 4},
    {key: 'confidence', title: 'CONFIDENCE', value: ({confidence}) => confidence, weight: 5},
  ]
  const cells =
    regions.length <= SHOWN_REGIONS
      ? regions.map((region) => regionColumn(region))
      : [
          countColumn('OFFERED', 'offered'),
          countColumn('NOT OFFERED', 'not-offered'),
          countColumn('UNKNOWN', 'unknown'),
        ]
  return renderTable(features, [name, ...cells, ...dated], terminal)
}

function regionColumn(region: string): Column<FeatureCoverage> {
  const answerOf = ({regions}: FeatureCoverage) => regions.find((cell) => cell.region === region)?.answer ?? 'unknown'
  return {
    key: region,
    title: region,
    value: answerOf,
    text: (feature, terminal) => mark(answerOf(feature), terminal),
    weight: 1,
  }
}

function countColumn(title: string, word: Coverage): Column<FeatureCoverage> {
  const count = ({regions}: FeatureCoverage) => regions.filter(({answer}) => answer === word).length
  return {key: word, title, value: count, text: (feature) => String(count(feature) || '-'), align: 'right', weight: 1}
}

function mark(answer: Coverage, terminal: Terminal): string {
  if (answer === 'offered') return paint('good', 'yes', terminal)
  return answer === 'not-offered' ? paint('faint', 'no', terminal) : paint('warn', 'unknown', terminal)
}

/** One feature over many Regions: three lists. */
function renderOne(feature: FeatureCoverage, terminal: Terminal): string {
  const list = (label: string, word: Coverage) => {
    const names = feature.regions.filter(({answer}) => answer === word).map(({region}) => region)
    return beside(`${label} ${names.length}`, names.join(' ') || '-', terminal)
  }
  const destinations = feature.routes.flatMap(({source, profile, destinations}) =>
    beside('', `${source} by ${profile}: ${destinations.join(' ')}`, terminal),
  )
  return [
    `${paint('strong', feature.name, terminal)}   ${paint('id', feature.id, terminal)}   ${feature.asOf}, confidence ${feature.confidence}`,
    '',
    ...list('offered', 'offered'),
    ...list('not offered', 'not-offered'),
    ...list('unknown', 'unknown'),
    ...(destinations.length > 0 ? ['', '  may process in other Regions, from', ...destinations] : []),
    ...(feature.note === null ? [] : ['', ...wrapText(`  ${feature.note}`, terminal.width)]),
  ].join('\n')
}

function beside(label: string, text: string, terminal: Terminal): readonly string[] {
  const width = 18
  return wrapText(text, Math.max(20, terminal.width - width)).map(
    (line, index) => `${(index === 0 ? `  ${label}` : '').padEnd(width)}${line}`,
  )
}

/** Where the model and the features come together; Regions where neither is any use are counted. */
async function renderCoincidences(
  {modelId, modelName, regions}: NonNullable<FeaturesListResult['sameAs']>,
  {features}: FeaturesListResult,
  terminal: Terminal,
): Promise<string> {
  const {renderTable} = await import('../output/table.js')
  const useful = regions.filter(({callable}) => callable !== 'no')
  const columns: Column<Coincidence>[] = [
    {key: 'region', title: 'REGION', value: ({region}) => region, weight: 0},
    {
      key: 'answer',
      title: 'ALL',
      value: ({answer}) => answer,
      text: ({answer}, screen) => mark(COVERAGE[answer], screen),
      weight: 0,
    },
    {key: 'route', title: 'BY', value: ({route}) => route?.id ?? null, text: ({route}) => routeText(route), weight: 1},
    ...(features.length <= SHOWN_REGIONS
      ? features.map(({id}): Column<Coincidence> => featureColumn(id))
      : [offeredColumn(features.length)]),
  ]
  const head = `${paint('strong', modelName ?? modelId, terminal)}   ${paint('id', modelId, terminal)}   ${paint(
    'faint',
    describeOrigins(
      regions.flatMap(({origin}) => origin ?? []),
      terminal,
    ),
    terminal,
  )}`
  const table =
    useful.length === 0
      ? 'The model cannot be called from any of these Regions.'
      : await renderTable(useful, columns, terminal)
  const rest = regions.length - useful.length
  return [
    head,
    '',
    table,
    ...(rest > 0 ? ['', `The model cannot be called from ${plural(rest, 'further Region')}.`] : []),
  ].join('\n')
}

const COVERAGE: Readonly<Record<Coincidence['answer'], Coverage>> = {
  yes: 'offered',
  no: 'not-offered',
  unknown: 'unknown',
}

function routeText(route: Coincidence['route']): string {
  if (route === null) return '?'
  return route.kind === 'geo' ? `geo ${route.geography ?? '?'}` : route.kind
}

function featureColumn(id: string): Column<Coincidence> {
  const answerOf = ({features}: Coincidence) => features.find((cell) => cell.id === id)?.answer ?? 'unknown'
  return {key: id, title: id, value: answerOf, text: (place, terminal) => mark(answerOf(place), terminal), weight: 1}
}

function offeredColumn(total: number): Column<Coincidence> {
  const count = ({features}: Coincidence) => features.filter(({answer}) => answer === 'offered').length
  return {
    key: 'offered',
    title: 'FEATURES',
    value: count,
    text: (place) => `${count(place)} of ${total}`,
    align: 'right',
    weight: 1,
  }
}

/** How old the rows are: the newest fact is not the usual one. */
function footer({features, regions}: FeaturesListResult, terminal: Terminal): string {
  const dates = new Map<string, number>()
  for (const {asOf} of features) dates.set(asOf, (dates.get(asOf) ?? 0) + 1)
  const ages = [...dates]
    .sort((a, b) => b[1] - a[1])
    .map(([date, count]) => (dates.size === 1 ? date : `${count} of ${date}`))
  const closed = features.filter(({closedToNewCustomers}) => closedToNewCustomers !== null)
  const lines = [
    ...closed.map(({id, closedToNewCustomers}) => `${id}: closed to new customers since ${closedToNewCustomers}`),
    `${plural(features.length, 'feature')} × ${plural(regions.length, 'Region')}, bundled facts: ${ages.join(', ')}; unknown: the source does not name the Region`,
  ]
  return lines
    .flatMap((line) => wrapText(line, terminal.width))
    .map((line) => paint('faint', line, terminal))
    .join('\n')
}

function shortDate(asOf: string): string {
  return asOf.startsWith('undated') ? 'undated, 2026' : asOf
}
