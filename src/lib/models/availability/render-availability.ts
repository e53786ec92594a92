import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import type {AvailabilityCell, AvailabilityResult, RouteVerdict} from './availability.schema.js'
import {mark, renderGate} from './availability-words.js'
import {renderAvailabilityCard} from './render-availability-card.js'
import {renderMatrix, renderRegionTable} from './render-availability-tables.js'

/** One (model, Region) of the matrix: a record of CSV, NDJSON and Markdown. */
export interface MatrixRow {
  readonly model: string
  readonly region: string
  readonly answer: string
  readonly inRegion: string
  readonly geo: readonly string[]
  readonly geoDestinations: readonly string[] | null
  readonly global: string
  readonly mantle: string
  readonly provisioned: string
  readonly account: string | null
  readonly origin: string
  readonly asOf: string | null
}

function toRows({models}: AvailabilityResult): readonly MatrixRow[] {
  return models.flatMap(({id, cells}) => cells.map((cell) => toRow(id, cell)))
}

/** The cell as a flat record. */
export function toRow(model: string, cell: AvailabilityCell): MatrixRow {
  const of = (mode: RouteVerdict['mode']) => cell.routes.find((route) => route.mode === mode)?.answer ?? 'unknown'
  const geo = cell.routes.filter(({mode, answer}) => mode === 'geo' && answer === 'yes')
  return {
    model,
    region: cell.region,
    answer: cell.answer,
    inRegion: of('in-region'),
    geo: geo.flatMap(({id}) => id ?? []),
    geoDestinations: geo.some(({destinations}) => destinations === null)
      ? null
      : [...new Set(geo.flatMap(({destinations}) => destinations ?? []))],
    global: of('global'),
    mantle: of('mantle'),
    provisioned: of('provisioned'),
    account: cell.account?.answer ?? null,
    origin: cell.origin?.kind ?? 'unread',
    asOf: cell.origin?.asOf ?? null,
  }
}

/** One (model, Region) a row: the columns of CSV, Markdown and NDJSON. */
const CELL_COLUMNS: readonly Column<MatrixRow>[] = [
  {key: 'model', title: 'MODEL', value: ({model}) => model, weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 0},
  {
    key: 'answer',
    title: 'CALLABLE',
    value: ({answer}) => answer,
    text: ({answer}, terminal) => mark(answer, terminal),
    weight: 1,
  },
  {
    key: 'in-region',
    title: 'IN-REGION',
    value: ({inRegion}) => inRegion,
    text: ({inRegion}, terminal) => mark(inRegion, terminal),
    weight: 2,
  },
  {key: 'geo', title: 'GEOGRAPHIC', value: ({geo}) => geo, text: ({geo}) => geo.join(' ') || '-', weight: 2},
  {
    key: 'geo-destinations',
    title: 'DESTINATIONS',
    value: ({geoDestinations}) => geoDestinations,
    text: ({geo, geoDestinations}) => (geo.length === 0 ? '-' : (geoDestinations?.join(' ') ?? 'not known')),
    weight: 5,
  },
  {
    key: 'global',
    title: 'GLOBAL',
    value: ({global}) => global,
    text: ({global}, terminal) => mark(global, terminal),
    weight: 2,
  },
  {
    key: 'mantle',
    title: 'MANTLE',
    value: ({mantle}) => mantle,
    text: ({mantle}, terminal) => mark(mantle, terminal),
    weight: 3,
  },
  {
    key: 'provisioned',
    title: 'PROVISIONED',
    value: ({provisioned}) => provisioned,
    text: ({provisioned}, terminal) => mark(provisioned, terminal),
    weight: 4,
  },
  {
    key: 'account',
    title: 'ACCESS',
    value: ({account}) => account,
    text: ({account}, terminal) => (account === null ? '-' : mark(account, terminal)),
    weight: 3,
  },
  {key: 'origin', title: 'ORIGIN', value: ({origin}) => origin, weight: 9},
  {key: 'as-of', title: 'AS OF', value: ({asOf}) => asOf, weight: 9},
]

export const availabilityView: View<AvailabilityResult, MatrixRow> = {
  rows: toRows,
  columns: () => CELL_COLUMNS,
  text: renderAvailability,
}

/** A gate: its verdict. Few models from named Regions: cards. One model: a table of Regions. Many: counts. */
async function renderAvailability(result: AvailabilityResult, terminal: Terminal): Promise<string> {
  if (result.gate) return renderGate(result.gate, result.models, terminal)
  const [only] = result.models
  const cards = result.models.length <= 3 && (result.from.length > 0 || result.regions.length === 1)
  if (cards) {
    return result.models
      .flatMap((model) => model.cells.map((cell) => renderAvailabilityCard(model, cell, terminal)))
      .join('\n\n')
  }
  return only && result.models.length === 1 ? renderRegionTable(only, terminal) : renderMatrix(result, terminal)
}
