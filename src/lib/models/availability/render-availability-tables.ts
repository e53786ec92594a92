import {plural} from '../../core/text.js'
import {describeOrigins} from '../../output/describe-origin.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {AvailabilityCell, AvailabilityResult, ModelAvailability, RouteVerdict} from './availability.schema.js'
import {headLines, mark} from './availability-words.js'

function answerOf(cell: AvailabilityCell, mode: RouteVerdict['mode']): string {
  return cell.routes.find((route) => route.mode === mode)?.answer ?? 'unknown'
}

/** Ids of the geographic profiles that can be called, by what tells them apart: the geography. */
function geographies(cell: AvailabilityCell): readonly string[] {
  const geo = cell.routes.filter(({mode}) => mode === 'geo')
  const callable = geo.filter(({answer}) => answer === 'yes').map(({geography, id}) => geography ?? id ?? '?')
  if (callable.length > 0) return callable
  return geo.some(({answer}) => answer === 'unknown') ? ['unknown'] : []
}

function modeColumn(title: string, mode: RouteVerdict['mode'], weight: number): Column<AvailabilityCell> {
  return {
    key: mode,
    title,
    value: (cell) => answerOf(cell, mode),
    text: (cell, terminal) => mark(answerOf(cell, mode), terminal),
    weight,
  }
}

const REGION_COLUMNS: readonly Column<AvailabilityCell>[] = [
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 0},
  {
    key: 'answer',
    title: 'CALLABLE',
    value: ({answer}) => answer,
    text: ({answer}, terminal) => mark(answer, terminal),
    weight: 0,
  },
  modeColumn('IN-REGION', 'in-region', 1),
  {key: 'geo', title: 'GEO', value: geographies, text: (cell) => geographies(cell).join(' ') || '-', weight: 1},
  modeColumn('GLOBAL', 'global', 1),
  modeColumn('MANTLE', 'mantle', 3),
  modeColumn('PROVISIONED', 'provisioned', 4),
]

const ACCOUNT_COLUMN: Column<AvailabilityCell> = {
  key: 'account',
  title: 'ACCESS',
  value: ({account}) => account?.answer ?? null,
  text: ({account}, terminal) => (account ? mark(account.answer, terminal) : '-'),
  weight: 2,
}

/** One model over many Regions: a row per Region, a column per mode. */
export async function renderRegionTable(model: ModelAvailability, terminal: Terminal): Promise<string> {
  const origin = describeOrigins(
    model.cells.flatMap(({origin}) => origin ?? []),
    terminal,
  )
  const columns = model.cells.some(({account}) => account !== null)
    ? [...REGION_COLUMNS, ACCOUNT_COLUMN]
    : REGION_COLUMNS
  const table = await renderTable(model.cells, columns, terminal)
  const callable = model.cells.filter(({answer}) => answer === 'yes').length
  return [
    ...headLines(model, origin, terminal).flatMap((line) => wrapText(line, terminal.width)),
    '',
    table,
    '',
    `Callable from ${callable} of ${plural(model.cells.length, 'Region')}. Where a prompt may go depends on the source Region:`,
    `  bedrockctl models availability ${model.id} --from REGION`,
  ].join('\n')
}

function regionsWith(model: ModelAvailability, mode: RouteVerdict['mode']): number {
  return model.cells.filter((cell) => answerOf(cell, mode) === 'yes').length
}

function countColumn(title: string, mode: RouteVerdict['mode'], weight: number): Column<ModelAvailability> {
  return {
    key: mode,
    title,
    value: (model) => regionsWith(model, mode),
    text: (model) => String(regionsWith(model, mode) || '-'),
    align: 'right',
    weight,
  }
}

function callableGeographies(model: ModelAvailability): readonly string[] {
  return [...new Set(model.cells.flatMap(geographies))].filter((word) => word !== 'unknown').sort()
}

const MATRIX_COLUMNS: readonly Column<ModelAvailability>[] = [
  {key: 'model', title: 'MODEL', value: ({id}) => id, text: ({id}, terminal) => paint('id', id, terminal), weight: 0},
  {key: 'status', title: 'STATUS', value: ({lifecycle}) => lifecycle.status, weight: 3},
  countColumn('IN-REGION', 'in-region', 1),
  {
    key: 'geo',
    title: 'GEO',
    value: callableGeographies,
    text: (model) => callableGeographies(model).join(' ') || '-',
    weight: 1,
  },
  countColumn('GLOBAL', 'global', 1),
  countColumn('MANTLE', 'mantle', 4),
  countColumn('PROVISIONED', 'provisioned', 5),
]

/** Many models over many Regions: counts say more than one character a cell. */
export async function renderMatrix(result: AvailabilityResult, terminal: Terminal): Promise<string> {
  const table = await renderTable(result.models, MATRIX_COLUMNS, terminal)
  const origin = describeOrigins(result.models[0]?.cells.flatMap((cell) => cell.origin ?? []) ?? [], terminal)
  const size = `${plural(result.models.length, 'model')} × ${plural(result.regions.length, 'Region')}`
  const summary = wrapText(`${size}; numbers count source Regions · ${origin}`, terminal.width)
  return [table, '', ...summary, 'Every cell: name a model, or add -o csv.'].join('\n')
}
