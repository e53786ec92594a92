import type {BenchDryRun} from '../bench/run/dry-run.schema.js'
import type {OpenedLane} from './bench-lanes.js'
import type {FoundRates} from './bench-rates.js'
import type {BenchOrder} from './bench-words.js'

/** What a run would do: read, planned and priced, with nothing sent. */
export async function describeDryRun(
  {plan}: BenchOrder,
  lanes: readonly OpenedLane[],
  rates: readonly FoundRates[],
  simulated: boolean,
  isSearch: boolean,
): Promise<BenchDryRun> {
  const [{expandCells}, {meanTokens, prepareData}, {estimateRun}, {ASSUMED_FIT}, {dataWords}, {targetAddress}] =
    await Promise.all([
      import('../bench/plan/expand-cells.js'),
      import('../bench/run/prepare-data.js'),
      import('../bench/run/estimate.js'),
      import('../bench/data/synthetic.js'),
      import('../bench/data/data-plan.js'),
      import('../bench/target/name-targets.js'),
    ])
  const cells = expandCells(plan, lanes.length)
  const data = await prepareData(plan, cells)
  const made = data.prompts(ASSUMED_FIT)
  const tokens = meanTokens(made)
  const outlooks = rates.map((one) => ({rates: one.rates ?? undefined, e2eMs: undefined}))
  const {cells: estimated, usdPer1000, ...whole} = estimateRun(cells, outlooks, tokens, data.trace?.length)
  const estimate = isSearch ? UNKNOWN : whole
  return {
    schemaVersion: 1,
    simulated,
    unread: [],
    dryRun: true,
    name: plan.name,
    seed: plan.seed,
    data:
      data.trace === undefined
        ? dataWords(plan.data)
        : plan.levels.flatMap((level) => (level.kind === 'replay' ? [level.file] : [])).join(),
    prompts: made.prompts.length,
    tokensPerRequest: tokens,
    slo: plan.slo,
    targets: lanes.map(({lane, name, target}, index) => ({
      name,
      address: targetAddress(target),
      url: urlOf(lane),
      dialect: lane.dialect,
      auth: lane.auth.kind,
      proxy: lane.proxy === undefined ? null : `${lane.proxy.host}:${lane.proxy.port}`,
      rates: rates[index]?.rates ?? null,
      ratesAbsent: rates[index]?.absent ?? null,
      usdPer1000Requests: usdPer1000[index] ?? null,
    })),
    cells: cells.map(({block, cell, label, target}, index) => ({
      cell,
      target,
      block,
      label,
      requests: estimated[index]?.requests ?? null,
      seconds: estimated[index]?.seconds ?? null,
      usd: estimated[index]?.usd ?? null,
    })),
    estimate,
    notes: notesOf(plan.calibrate, estimate.requests, isSearch ? plan.maxUsd : undefined),
  }
}

function urlOf({origin, path}: OpenedLane['lane']): string {
  const host = origin.host.includes(':') ? `[${origin.host}]` : origin.host
  const port = origin.port === (origin.tls ? 443 : 80) ? '' : `:${origin.port}`
  return `${origin.tls ? 'https' : 'http'}://${host}${port}${path}`
}

/** Of a search, whose cells are found one by one. */
const UNKNOWN = {requests: null, inputTokens: null, outputTokens: null, seconds: null, usd: null}

/** maxUsd: of a search; undefined: it is none. */
function notesOf(calibrates: boolean, requests: number | null, maxUsd: number | null | undefined): readonly string[] {
  if (maxUsd !== undefined) {
    return [
      `The search begins with these cells; how many more it measures, and at which levels, depends on the answers${maxUsd === null ? ': --max-usd bounds what they cost' : `; it stops when $${maxUsd} would be spent`}.`,
    ]
  }
  return [
    calibrates
      ? 'Before that each target is asked once to see how it answers, and five times to fit lengths.'
      : 'Before that each target is asked once to see how it answers.',
    ...(requests === null
      ? [
          'How many requests fit into the time is known once a target has answered; a run says so, with the price, before it begins.',
        ]
      : []),
  ]
}
