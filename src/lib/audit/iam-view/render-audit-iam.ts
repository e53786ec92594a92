import {plural} from '../../core/text.js'
import {cleanCell} from '../../output/paint-codes.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {shorten, wrapText} from '../../output/wrap.js'
import {renderAuditText} from '../report/render-audit-text.js'
import {OWN_FORMATS, reportText} from '../report/render-format.js'
import type {AuditIam, CellOutcome, MatrixCell, MatrixModel, MatrixPrincipal} from './audit-iam.schema.js'

/** As many principals are rows on a terminal, and as many reasons stand below; the rest is a number. */
const ROWS = 25
const REASONS = 10
const NAME_WIDTH = 34
const CELL_WIDTH = 9

/** One cell with its row and column, for tables of a machine. */
interface MatrixRow {
  readonly principal: MatrixPrincipal
  readonly model: MatrixModel
  readonly cell: MatrixCell
}

const COLUMNS: readonly Column<MatrixRow>[] = [
  {key: 'arn', title: 'PRINCIPAL', value: ({principal}) => principal.arn},
  {key: 'kind', title: 'KIND', value: ({principal}) => principal.kind},
  {key: 'name', title: 'NAME', value: ({principal}) => principal.name},
  {key: 'model', title: 'MODEL', value: ({model}) => model.id},
  {key: 'region', title: 'REGION', value: ({model}) => model.region},
  {key: 'route', title: 'ROUTE', value: ({model}) => model.route},
  {key: 'outcome', title: 'OUTCOME', value: ({cell}) => cell.outcome},
  {key: 'streaming', title: 'STREAMING', value: ({cell}) => cell.streaming},
  {key: 'leg', title: 'LEG', value: ({cell}) => cell.leg},
  {key: 'because', title: 'BECAUSE', value: ({cell}) => cell.because},
]

/** The view of `audit iam`: the matrix, then the findings; formats of reports show the findings. */
export function auditIamView({all}: {readonly all: boolean}): View<AuditIam, MatrixRow> {
  return {
    rows: rowsOf,
    columns: () => COLUMNS,
    text: async (result, terminal) =>
      `${await renderMatrix(result, terminal, all)}\n\n${renderAuditText(result.report, terminal, {all})}`,
    extra: Object.fromEntries(OWN_FORMATS.map((format) => [format, ({report}) => reportText(format, report)])),
  }
}

function rowsOf({principals, models}: AuditIam): readonly MatrixRow[] {
  return principals.flatMap((principal) =>
    principal.cells.flatMap((cell) => {
      const model = models.find(({label}) => label === cell.model)
      return model === undefined ? [] : [{principal, model, cell}]
    }),
  )
}

async function renderMatrix(result: AuditIam, terminal: Terminal, all: boolean): Promise<string> {
  const {models, principals, unseen} = result
  const gaps = unseen.slice(0, REASONS).flatMap((gap) => wrapText(`not seen: ${clean(gap)}`, terminal.width))
  if (models.length === 0 || principals.length === 0) {
    const missing = unseen.length > 0 ? 'Who may call what cannot be told.' : nothingText(result)
    return [missing, ...gaps].join('\n')
  }
  const limit = all || !terminal.interactive ? Number.POSITIVE_INFINITY : ROWS
  const shown = principals.slice(0, limit)
  const more = principals.length - shown.length
  const reasons = reasonsOf(shown)
  const blocks = blocksOf(models, terminal)
  const tables = await Promise.all(
    blocks.map((block) => renderTable(shown, columnsOf(block, reasons, terminal), terminal)),
  )
  return [
    paint('strong', 'Who may call what', terminal),
    ...models.flatMap((model) => modelLines(model, terminal)),
    '',
    tables.join('\n\n'),
    ...(more > 0 ? [`and ${plural(more, 'more principal')}: --all or -o csv lists them`] : []),
    '',
    ...reasonLines(reasons, terminal, limit),
    ...wrapText(LEGEND, terminal.width).map((line) => paint('faint', line, terminal)),
    ...gaps,
  ].join('\n')
}

function nothingText({models}: AuditIam): string {
  return models.length === 0 ? 'No model is declared or seen to be called.' : 'Nobody may invoke a model.'
}

/** Models side by side, as many as fit; the next ones in a table below. */
function blocksOf(models: AuditIam['models'], {width}: Terminal): readonly AuditIam['models'][] {
  const fitting = Math.max(1, Math.floor((width - NAME_WIDTH) / CELL_WIDTH))
  if (fitting >= models.length) return [models]
  return Array.from({length: Math.ceil(models.length / fitting)}, (_, at) =>
    models.slice(at * fitting, (at + 1) * fitting),
  )
}

function columnsOf(
  models: AuditIam['models'],
  reasons: ReadonlyMap<string, number>,
  terminal: Terminal,
): readonly Column<MatrixPrincipal>[] {
  return [
    {
      key: 'principal',
      title: 'PRINCIPAL',
      value: ({kind, name}) => `${kind}/${name}`,
      text: ({kind, name}) => nameText(`${kind}/${name}`, terminal),
      weight: 0,
    },
    ...models.map(({label}): Column<MatrixPrincipal> => {
      const cellOf = ({cells}: MatrixPrincipal) => cells.find(({model}) => model === label)
      return {
        key: label,
        title: label,
        value: (row) => cellOf(row)?.outcome,
        text: (row) => cellText(cellOf(row), reasons, terminal),
        weight: 0,
      }
    }),
  ]
}

function nameText(name: string, {interactive, unicode}: Terminal): string {
  return interactive ? shorten(clean(name), NAME_WIDTH - 2, unicode ? '…' : '..') : clean(name)
}

const ROUTE_WORDS: Readonly<Record<MatrixModel['route'], string>> = {
  'in-region': 'In-Region',
  geographic: 'geographic',
  global: 'Global, processed in any commercial Region',
  'application-profile': 'application profile',
  'own-model': 'model of the account',
  unknown: 'not known what it is',
}

function modelLines({label, id, region, route, destinations}: MatrixModel, terminal: Terminal): readonly string[] {
  const where = destinations.length > 0 ? `, processed in ${plural(destinations.length, 'Region')}` : ''
  const tail = `from ${region}: ${ROUTE_WORDS[route]}${where}`
  const lines = wrapText(`${paint('id', clean(id), terminal)}  ${tail}`, terminal.width - 5)
  return lines.map((line, at) => `${at === 0 ? `  ${label}  ` : '     '}${line}`)
}

const WORDS: Readonly<Record<CellOutcome, readonly [string, Meaning]>> = {
  allowed: ['yes', 'good'],
  'with-guardrail': ['guard', 'good'],
  blocked: ['DENY', 'bad'],
  none: ['no', 'faint'],
  unknown: ['?', 'warn'],
}

const LEGEND =
  'yes: the call succeeds. guard: only if it names a guardrail. DENY n: a leg of the call is denied, see n. no: no permission. ?: cannot be told, see n. *: streamed calls fare otherwise, see -o csv.'

function cellText(cell: MatrixCell | undefined, reasons: ReadonlyMap<string, number>, terminal: Terminal): string {
  if (cell === undefined) return ''
  const {outcome, streaming} = cell
  const [word, meaning] = WORDS[outcome]
  const number = reasons.get(reasonOf(cell) ?? '')
  const text = paint(meaning, `${word}${outcome === streaming ? '' : '*'}`, terminal)
  return number === undefined ? text : `${text} ${number}`
}

/** Reason → its number, in the order of the cells. */
function reasonsOf(principals: readonly MatrixPrincipal[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const {cells} of principals) {
    for (const cell of cells) {
      const reason = reasonOf(cell)
      if (reason !== undefined && !found.has(reason)) found.set(reason, found.size + 1)
    }
  }
  return found
}

function reasonOf({leg, because}: MatrixCell): string | undefined {
  if (because === null) return undefined
  return leg === null ? because : `${leg}: ${because}`
}

function reasonLines(reasons: ReadonlyMap<string, number>, terminal: Terminal, limit: number): readonly string[] {
  if (reasons.size === 0) return []
  const most = Number.isFinite(limit) ? REASONS : reasons.size
  const shown = [...reasons].slice(0, most)
  const more = reasons.size - shown.length
  return [
    ...shown.flatMap(([reason, number]) => {
      const label = `${String(number).padStart(3)}  `
      return wrapText(clean(reason), terminal.width - label.length).map(
        (line, at) => (at === 0 ? label : ' '.repeat(label.length)) + line,
      )
    }),
    ...(more > 0 ? [`     and ${plural(more, 'more reason')}: -o csv lists them`] : []),
    '',
  ]
}

function clean(text: string): string {
  return cleanCell(text, false)
}
