import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {ShowModelResult} from './show-model.schema.js'

interface FactRow {
  readonly fact: string
  readonly value: string
  readonly source: string
  readonly asOf: string
}

export const showModelView: View<ShowModelResult, FactRow> = {
  rows: toRows,
  columns: () => [
    {key: 'fact', title: 'FACT', value: ({fact}) => fact, weight: 0},
    {key: 'value', title: 'VALUE', value: ({value}) => value, weight: 0},
    {key: 'source', title: 'SOURCE', value: ({source}) => source},
    {key: 'as-of', title: 'AS OF', value: ({asOf}) => asOf},
  ],
  text: renderShowModel,
}

function toRows(result: ShowModelResult): readonly FactRow[] {
  return result.facts.map(({name, value, source, asOf}) => ({fact: name, value: words(value), source, asOf}))
}

function words(value: ShowModelResult['facts'][number]['value']): string {
  if (value === null) return 'not known'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return value.toLocaleString('en-US')
  return typeof value === 'string' ? value : value.join(' ') || 'none'
}

const LABEL = 24

function renderShowModel(result: ShowModelResult, terminal: Terminal): string {
  const line = (label: string, text: string) =>
    wrapText(text, Math.max(20, terminal.width - LABEL - 2)).map(
      (part, index) => `  ${(index === 0 ? label : '').padEnd(LABEL)}${part}`,
    )
  const head = [
    paint('strong', result.name ?? result.modelId ?? result.asked, terminal),
    ...(result.modelId ? [paint('id', result.modelId, terminal)] : []),
    ...(result.provider ? [result.provider] : []),
  ]
  return [
    head.join('   '),
    ...resourceLines(result, line),
    ...lifecycleLines(result, line, terminal),
    ...section(
      'Facts',
      result.facts.filter(({value}) => value !== null).flatMap(({name, value}) => line(name, words(value))),
    ),
    ...section('', unknownLine(result, line)),
    ...routeLines(result, line),
    ...liveLines(result, line),
    ...priceLines(result, line),
    ...section(
      '',
      result.sources.length === 0
        ? []
        : line(
            'sources',
            `${result.sources.join(', ')}; as of ${result.asOf ?? '?'}, confidence ${result.confidence ?? '?'}`,
          ),
    ),
  ].join('\n')
}

type Line = (label: string, text: string) => string[]

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  return title === '' ? [...lines] : ['', title, ...lines]
}

function resourceLines({resource}: ShowModelResult, line: Line): string[] {
  if (!resource) return []
  const details = Object.entries(resource.details).flatMap(([name, value]) => line(name, value))
  const facts = [
    ['kind', resource.kind],
    ['ARN', resource.arn],
    ['name', resource.name],
    ['status', resource.status],
    ['created', resource.createdAt],
  ] as const
  return section('Asked for', [
    ...facts.flatMap(([label, value]) => (value === null ? [] : line(label, value))),
    ...details,
  ])
}

function lifecycleLines({lifecycle}: ShowModelResult, line: Line, terminal: Terminal): string[] {
  if (!lifecycle) return []
  const {phase} = lifecycle
  const dates = [
    ['launched', lifecycle.launched],
    ['legacy from', lifecycle.legacy],
    ['extended access from', lifecycle.extendedAccess],
    ['end of life', lifecycle.endOfLife],
    ['not before', lifecycle.endOfLifeNoSoonerThan],
  ] as const
  const said = phase === lifecycle.status ? phase : `${phase} (listed ${lifecycle.status})`
  return section('Lifecycle', [
    ...line('phase', phase === 'ACTIVE' ? said : paint('warn', said, terminal)),
    ...dates.flatMap(([label, date]) => (date === null ? [] : line(label, date))),
  ])
}

function unknownLine({facts}: ShowModelResult, line: Line): string[] {
  const unknown = facts
    .filter(({name, value}) => value === null && name !== 'note' && name !== 'minimum data retention')
    .map(({name}) => name)
  return unknown.length === 0 ? [] : line('not known', unknown.join(', '))
}

function routeLines(result: ShowModelResult, line: Line): string[] {
  const sources = (routes: Readonly<Record<string, unknown>>) => Object.keys(routes).join(' ')
  return section('Routes', [
    ...line('In-Region', result.inRegion.join(' ') || 'nowhere'),
    ...result.profiles.flatMap(({id, routes}) =>
      line(
        id.slice(0, id.length - (result.modelId?.length ?? 0) - 1) || id,
        `${id} from ${sources(routes) || 'no Region seen'}`,
      ),
    ),
    ...(result.mantle.length > 0 ? line('Mantle', result.mantle.join(' ')) : []),
    ...result.provisioned.flatMap(({id, regions}) => line('provisioned', `${id} in ${regions.join(' ')}`)),
    ...(result.aliases.length > 0 ? line('also called', result.aliases.join(' ')) : []),
  ])
}

function liveLines({live}: ShowModelResult, line: Line): string[] {
  return section(
    'Read',
    live.flatMap(({region, offered, inRegion, status, profiles, origin}) =>
      line(
        `${region} (${origin.kind})`,
        offered
          ? [status ?? '?', inRegion ? 'In-Region' : 'not In-Region', ...profiles.map(({id}) => id)].join(' · ')
          : 'not offered',
      ),
    ),
  )
}

/** Standard on-demand prices; the rest is in the JSON. */
function priceLines({prices, inRegion}: ShowModelResult, line: Line): string[] {
  const standard = prices.filter(
    ({tier, unit, usd, routing}) =>
      tier === 'standard' &&
      unit === '1M tokens' &&
      usd.input !== null &&
      (routing !== 'in-region' || inRegion.length > 0),
  )
  const groups = new Map<string, {regions: string[]; text: string; asOf: string}>()
  for (const {region, routing, usd, asOf} of standard) {
    const text = `$${usd.input} in${usd.output === null ? '' : `, $${usd.output} out`}${usd.cacheRead === null ? '' : `, $${usd.cacheRead} cache read`}`
    const key = `${routing} ${text} ${asOf}`
    const group = groups.get(key) ?? {regions: [], text, asOf}
    group.regions.push(region === '*' ? 'any Region' : (region ?? 'some Regions'))
    groups.set(key, group)
  }
  const lines = [...groups].flatMap(([key, {regions, text, asOf}]) => {
    const where = regions.length > 4 ? `${regions.length} Regions` : [...new Set(regions)].join(' ')
    return line(
      key.split(' ')[0] === 'null' ? 'any route' : (key.split(' ')[0] ?? ''),
      `${text}   ${where}, as of ${asOf}`,
    )
  })
  const more = prices.length - standard.length
  return section('USD per million tokens, standard tier', [
    ...lines,
    ...(more > 0 && lines.length > 0 ? line('', `${more} more rows (batch, tiers, units): add --json`) : []),
  ])
}
