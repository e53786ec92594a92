import {plural} from '../../core/text.js'
import {cleanCell} from '../../output/paint-codes.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {renderAuditText} from '../report/render-audit-text.js'
import {OWN_FORMATS, reportText} from '../report/render-format.js'
import type {AuditEndpoints, MatrixRegion, MatrixVpc, PathCell} from './audit-endpoints.schema.js'

const SERVICE_WIDTH = 27
const CELL_WIDTH = 10
const GAPS = 10

/** One cell with its row and column, for tables of a machine. */
interface PathRow {
  readonly region: string
  readonly vpc: MatrixVpc
  readonly cell: PathCell
}

const COLUMNS: readonly Column<PathRow>[] = [
  {key: 'region', title: 'REGION', value: ({region}) => region},
  {key: 'vpc', title: 'VPC', value: ({vpc}) => vpc.id},
  {key: 'name', title: 'NAME', value: ({vpc}) => vpc.name},
  {key: 'workloads', title: 'WORKLOADS', value: ({vpc}) => vpc.workloads.join(' ')},
  {key: 'service', title: 'SERVICE', value: ({cell}) => cell.service},
  {key: 'needed', title: 'NEEDED', value: ({cell}) => cell.needed},
  {key: 'path', title: 'PATH', value: ({cell}) => cell.path},
  {key: 'endpoint', title: 'ENDPOINT', value: ({cell}) => cell.endpoint},
  {key: 'state', title: 'STATE', value: ({cell}) => cell.state},
  {key: 'endpointVpc', title: 'ENDPOINT VPC', value: ({cell}) => cell.vpc},
  {key: 'zone', title: 'ZONE', value: ({cell}) => cell.zone},
  {key: 'because', title: 'BECAUSE', value: ({cell}) => cell.because},
]

/** The view of `audit endpoints`: a matrix a Region, then the findings; formats of reports show the findings. */
export function auditEndpointsView({all}: {readonly all: boolean}): View<AuditEndpoints, PathRow> {
  return {
    rows: ({regions}) =>
      regions.flatMap(({region, vpcs}) => vpcs.flatMap((vpc) => vpc.cells.map((cell) => ({region, vpc, cell})))),
    columns: () => COLUMNS,
    text: async (result, terminal) =>
      `${await renderMatrices(result, terminal, all)}\n\n${renderAuditText(result.report, terminal, {all})}`,
    extra: Object.fromEntries(OWN_FORMATS.map((format) => [format, ({report}) => reportText(format, report)])),
  }
}

async function renderMatrices(
  {regions, services, unseen}: AuditEndpoints,
  terminal: Terminal,
  all: boolean,
): Promise<string> {
  const shown = regions.filter((region) => region.vpcs.length > 0 && (all || isTold(region)))
  const others = regions.filter((region) => region.vpcs.length > 0 && !shown.includes(region))
  const blocks = await Promise.all(shown.map((region) => renderRegion(region, services, terminal)))
  const gaps = unseen.slice(0, GAPS).flatMap((gap) => wrapText(`not seen: ${clean(gap)}`, terminal.width))
  const legend = wrapText(LEGEND, terminal.width).map((line) => paint('faint', line, terminal))
  return [
    ...(shown.length === 0
      ? ['No VPC has an endpoint of Bedrock, or is known to need one.']
      : blocks.flatMap((block) => [block, ''])),
    ...(shown.length === 0 ? [] : legend),
    ...otherLines(others, terminal),
    ...gaps,
    ...(unseen.length > GAPS ? [`and ${plural(unseen.length - GAPS, 'more reason')}`] : []),
  ].join('\n')
}

/** Regions in which nothing stands and nothing is asked for are one line together. */
function isTold({vpcs}: MatrixRegion): boolean {
  return vpcs.some(
    ({workloads, cells}) =>
      workloads.length > 0 || cells.some(({path, needed}) => needed || (path !== 'none' && path !== 'unknown')),
  )
}

function otherLines(others: readonly MatrixRegion[], terminal: Terminal): readonly string[] {
  if (others.length === 0) return []
  const names = others.map(({region}) => region).join(', ')
  return wrapText(`VPCs without endpoints of Bedrock, and without known need: ${names}`, terminal.width)
}

async function renderRegion(region: MatrixRegion, services: readonly string[], terminal: Terminal): Promise<string> {
  const labelled = region.vpcs.map((vpc, index) => ({label: labelOf(index), vpc}))
  const tables = await Promise.all(
    blocksOf(labelled, terminal).map((block) => renderTable(services, columnsOf(region, block, terminal), terminal)),
  )
  return [
    paint('strong', `How VPCs of ${region.region} reach Bedrock`, terminal),
    ...labelled.flatMap((one) => vpcLines(one, terminal)),
    '',
    tables.join('\n\n'),
  ].join('\n')
}

interface Labelled {
  readonly label: string
  readonly vpc: MatrixVpc
}

/** A, B, …, Z, AA, AB, … */
function labelOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : `${labelOf(Math.floor(index / 26) - 1)}${last}`
}

function vpcLines({label, vpc}: Labelled, terminal: Terminal): readonly string[] {
  const {id, name, isDefault, cidrs, workloads} = vpc
  const facts = [
    ...(name === null ? [] : [clean(name)]),
    ...(isDefault ? ['default VPC'] : []),
    cidrs.join(' '),
    workloads.length > 0 ? `runs ${workloads.map(clean).join(', ')}` : 'no declared workload',
  ].filter((fact) => fact !== '')
  const text = `${paint('id', id, terminal)}  ${facts.join('; ')}`
  return wrapText(text, terminal.width - 5).map((line, at) => `${at === 0 ? `  ${label.padEnd(3)}` : '     '}${line}`)
}

/** VPCs side by side, as many as fit; the next ones in a table below. */
function blocksOf(vpcs: readonly Labelled[], {width}: Terminal): readonly (readonly Labelled[])[] {
  const fitting = Math.max(1, Math.floor((width - SERVICE_WIDTH) / CELL_WIDTH))
  if (fitting >= vpcs.length) return [vpcs]
  return Array.from({length: Math.ceil(vpcs.length / fitting)}, (_, at) => vpcs.slice(at * fitting, (at + 1) * fitting))
}

function columnsOf(region: MatrixRegion, vpcs: readonly Labelled[], terminal: Terminal): readonly Column<string>[] {
  return [
    {
      key: 'service',
      title: 'SERVICE',
      value: (service) => service,
      text: (service) => (region.notOffered.includes(service) ? `${service} (not here)` : service),
      weight: 0,
    },
    ...vpcs.map(({label, vpc}): Column<string> => {
      const cellOf = (service: string) => vpc.cells.find((cell) => cell.service === service)
      return {
        key: label,
        title: label,
        value: (service) => cellOf(service)?.path,
        text: (service) => cellText(cellOf(service), terminal),
        weight: 0,
      }
    }),
  ]
}

const LEGEND =
  'dns: an available endpoint answers to the usual name. zone: a hosted zone leads to one in another VPC. no-dns: there is one, and the name still resolves publicly. A state such as pending: it carries no call. NONE: there is none, and something here uses the service. -: none, and no need is known. ?: cannot be told.'

function cellText(cell: PathCell | undefined, terminal: Terminal): string {
  const [word, meaning] = wordOf(cell)
  return paint(meaning, word, terminal)
}

function wordOf(cell: PathCell | undefined): readonly [string, Meaning] {
  switch (cell?.path) {
    case 'private-dns':
      return ['dns', 'good']
    case 'shared':
      return ['zone', 'good']
    case 'no-dns':
      return ['no-dns', 'warn']
    case 'unavailable':
      return [stateWord(cell.state ?? ''), 'bad']
    case 'none':
      return cell.needed ? ['NONE', 'bad'] : ['-', 'faint']
    case 'unknown':
    case undefined:
      return ['?', 'warn']
  }
}

function stateWord(state: string): string {
  const word = clean(state).toLowerCase()
  return word.startsWith('pending') ? 'pending' : word.slice(0, CELL_WIDTH - 2)
}

function clean(text: string): string {
  return cleanCell(text, false)
}
