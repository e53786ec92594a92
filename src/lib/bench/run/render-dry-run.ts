import {plural} from '../../core/text.js'
import {renderTable} from '../../output/table.js'
import type {View} from '../../output/view.js'
import type {BenchDryRun} from './dry-run.schema.js'

type Cell = BenchDryRun['cells'][number]

const OPEN = 'by speed'

/** A plan as people read it: targets, cells, and what they come to. */
export const dryRunView: View<BenchDryRun, Cell> = {
  rows: ({cells}) => cells,
  columns: ({targets}) => [
    {key: 'cell', title: 'Cell', value: ({cell}) => cell, align: 'right'},
    {key: 'target', title: 'Target', value: ({target}) => targets[target]?.name ?? ''},
    {key: 'load', title: 'Load', value: ({label}) => label},
    {key: 'block', title: 'Block', value: ({block}) => block + 1, align: 'right', weight: 1},
    {
      key: 'requests',
      title: 'Requests',
      value: ({requests}) => requests,
      text: ({requests}) => counted(requests),
      align: 'right',
    },
    {
      key: 'seconds',
      title: 'Time',
      value: ({seconds}) => seconds,
      text: ({seconds}) => timeWords(seconds),
      align: 'right',
    },
    {
      key: 'usd',
      title: 'Price',
      value: ({usd}) => usd,
      text: ({usd}) => (usd === null ? '-' : usdWords(usd)),
      align: 'right',
    },
  ],
  async text(result, terminal) {
    const {estimate, targets} = result
    const lines = [
      `Nothing was sent. ${plural(result.cells.length, 'cell')}, ${plural(targets.length, 'target')}, seed ${result.seed}`,
      '',
      ...targets.flatMap((target) => [
        `  ${target.name}  ${target.address}`,
        `      ${target.url}${target.proxy === null ? '' : ` through ${target.proxy}`}, ${authWords(target.auth)}`,
        `      ${priceWords(target)}`,
      ]),
      '',
      `  data      ${result.data}`,
      `            ${plural(result.prompts, 'prompt')}, about ${Math.round(result.tokensPerRequest.input)} tokens in and ${Math.round(result.tokensPerRequest.output)} out each`,
      ...(result.slo === null ? [] : [`  slo       ${sloWords(result.slo)}`]),
      '',
      await renderTable(result.cells, dryRunView.columns(result), terminal),
      '',
      `  in all    ${counted(estimate.requests)} requests, ${counted(estimate.inputTokens)} tokens in, ${counted(estimate.outputTokens)} out, ${timeWords(estimate.seconds)}, ${estimate.usd === null ? 'no price' : usdWords(estimate.usd)}`,
      ...result.notes.map((note) => `  ${note}`),
    ]
    return lines.join('\n')
  },
}

function counted(count: number | null): string {
  return count === null ? OPEN : Math.round(count).toLocaleString('en-US')
}

export function timeWords(seconds: number | null): string {
  if (seconds === null) return OPEN
  if (seconds < 100) return `${Number(seconds.toFixed(1))} s`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

export function usdWords(usd: number): string {
  return `$${usd >= 1 ? usd.toFixed(2) : usd.toPrecision(2)}`
}

function authWords(auth: BenchDryRun['targets'][number]['auth']): string {
  return {none: 'without a key', bearer: 'with an API key', sigv4: 'signed'}[auth]
}

function priceWords({rates, ratesAbsent, usdPer1000Requests}: BenchDryRun['targets'][number]): string {
  if (rates === null) return `price: ${ratesAbsent ?? 'none'}`
  const thousand = usdPer1000Requests === null ? '' : `, ${usdWords(usdPer1000Requests)} for 1,000 requests`
  return `price: $${rates.usdPerMillion.input} in, $${rates.usdPerMillion.output} out for 1M tokens (${rates.basis}, ${rates.date.slice(0, 10)})${thousand}`
}

function sloWords({e2eMs, name, tpotMs, ttftMs}: NonNullable<BenchDryRun['slo']>): string {
  const bounds = [
    ...(ttftMs === null ? [] : [`TTFT ≤ ${ttftMs} ms`]),
    ...(tpotMs === null ? [] : [`TPOT ≤ ${tpotMs} ms`]),
    ...(e2eMs === null ? [] : [`E2E ≤ ${e2eMs} ms`]),
  ]
  return `${bounds.join(', ')}${name === null ? '' : ` (${name})`}`
}
