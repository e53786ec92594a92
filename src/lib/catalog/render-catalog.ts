import {plural} from '../core/text.js'
import {paint} from '../output/style.js'
import {renderTable} from '../output/table.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {shorten, wrapText} from '../output/wrap.js'
import type {CatalogCachePart, CatalogCoverage, CatalogShowResult, CatalogSource} from './catalog-show.schema.js'

const SUBJECTS = ['models', 'profiles', 'regions', 'prices', 'features'] as const

/** What the other columns take, so that they stay on a terminal of usual width. */
const COUNTS_WIDTH = 64

const COLUMNS: readonly Column<CatalogSource>[] = [
  {
    key: 'source',
    title: 'SOURCE',
    value: ({name}) => name,
    text: ({name}, {unicode, width}) => shorten(name, Math.max(30, width - COUNTS_WIDTH), unicode ? '…' : '..'),
    weight: 0,
  },
  {key: 'newest', title: 'DATE', value: ({newest}) => newest, text: ({newest}) => newest ?? 'undated', weight: 0},
  {key: 'age-days', title: 'DAYS', value: ({ageDays}) => ageDays, align: 'right', weight: 2},
  countColumn('models'),
  countColumn('profiles'),
  countColumn('regions'),
  countColumn('prices'),
  countColumn('features'),
]

/** What is bundled, for people: one line a subject, then who says so. The rows of CSV and NDJSON are the sources. */
export const catalogShowView: View<CatalogShowResult, CatalogSource> = {
  rows: ({sources}) => sources,
  columns: () => COLUMNS,
  text: async (result, terminal) => {
    const age = result.ageDays > 0 ? `${plural(result.ageDays, 'day')} old` : 'compiled today'
    return [
      `${paint('strong', 'bundled catalog', terminal)}  ${result.compiledOn}, ${age}`,
      '',
      ...SUBJECTS.flatMap((subject) => coverageLines(subject, result.coverage, terminal)),
      ...cacheLines(result.cache, terminal),
      '',
      await renderTable(result.sources, COLUMNS, terminal),
    ].join('\n')
  },
}

/** One line a file: what it holds and since when. */
function cacheLines(cache: readonly CatalogCachePart[], terminal: Terminal): string[] {
  if (cache.every(({state}) => state === 'absent'))
    return ['', 'cache     empty: fill it with bedrockctl catalog refresh']
  const lines = cache.flatMap(({part, simulated, file, state, reason, account, oldest, ageHours, regions, records}) => {
    const name = (simulated ? `${part}, simulated` : part).padEnd(18)
    if (state === 'absent') return [`${name}  none`]
    if (state === 'ignored') return [`${name}  ${paint('warn', 'ignored', terminal)}  ${reason ?? file}`]
    const held = `${plural(records, 'record')} of ${plural(regions, 'Region')}, account ${account}`
    return [`${name}  ${held}, ${ageWords(ageHours)} (${oldest ?? 'undated'})`, `${' '.repeat(20)}${file}`]
  })
  return ['', paint('strong', 'cache', terminal), ...lines.flatMap((line) => wrapText(line, terminal.width))]
}

function ageWords(hours: number | null): string {
  if (hours === null) return 'of unknown age'
  if (hours < 1) return 'less than an hour old'
  return hours < 48 ? `${plural(hours, 'hour')} old` : `${plural(Math.floor(hours / 24), 'day')} old`
}

function countColumn(key: (typeof SUBJECTS)[number]): Column<CatalogSource> {
  return {
    key,
    title: key.toUpperCase(),
    value: (source) => source[key],
    text: (source) => (source[key] === 0 ? '' : String(source[key])),
    align: 'right',
    weight: 1,
  }
}

function coverageLines(
  subject: CatalogCoverage['subject'],
  coverage: readonly CatalogCoverage[],
  terminal: Terminal,
): string[] {
  const items = coverage.filter((one) => one.subject === subject)
  const head = `${subject.padEnd(10)}${String(items[0]?.of ?? 0).padStart(5)}  `
  const separator = terminal.unicode ? ' · ' : ', '
  const text = items.map(({item, known, of}) =>
    of === items[0]?.of ? `${item} ${known}` : `${item} ${known} of ${of}`,
  )
  const lines = wrapText(text.join(separator), Math.max(20, terminal.width - head.length))
  return lines.map((line, at) => `${at === 0 ? head : ' '.repeat(head.length)}${line}`)
}
