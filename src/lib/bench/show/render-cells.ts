import type {Column} from '../../output/view.js'
import type {CellSummary, Distribution, PercentileKey, RunSummary} from '../metrics/summary.schema.js'
import {numberText, shareText} from './number-words.js'

/** One cell as a record: what was measured against which target. */
export interface CellRow extends CellSummary {
  readonly targetName: string
}

type Metric = 'ttft' | 'ttfv' | 'tpot' | 'icl' | 'e2e' | 'lag'

/** A record a cell, in the order in which they ran. */
export function cellRows({cells, targets}: Pick<RunSummary, 'cells' | 'targets'>): readonly CellRow[] {
  return cells.map((cell) => ({...cell, targetName: targets[cell.target]?.name ?? String(cell.target)}))
}

/** What a table of cells has; the numbers are ms, tokens, and requests or tokens a second. */
export function cellColumns(cells: readonly Pick<CellSummary, 'block' | 'fromSchedule'>[]): readonly Column<CellRow>[] {
  const open = cells.some(({fromSchedule}) => fromSchedule !== null)
  const repeated = cells.some(({block}) => block > 0)
  return [
    {key: 'level', title: 'Level', value: ({label}) => label, weight: 0},
    {key: 'target', title: 'Target', value: ({targetName}) => targetName, weight: 0},
    {key: 'block', title: 'Block', value: ({block}) => block + 1, weight: repeated ? 0 : 9, align: 'right'},
    count('ok', 'Answered', ({counts}) => counts.ok, 6),
    count('failed', 'Failed', ({counts}) => counts.bad, 1),
    number('requests-per-second', 'Req/s', ({throughput}) => throughput.requestsPerSecond, 0),
    number('output-tokens-per-second', 'Out tok/s', ({throughput}) => throughput.outputTokensPerSecond, 2),
    ...(open
      ? [
          number('ttft-from-schedule-p50', 'TTFT p50*', ({fromSchedule}) => at(fromSchedule?.ttft, '50'), 0),
          number('ttft-from-schedule-p99', 'p99*', ({fromSchedule}) => at(fromSchedule?.ttft, '99'), 0),
        ]
      : []),
    percentile('ttft', '50', 'TTFT p50', open ? 8 : 0),
    percentile('ttft', '99', open ? 'TTFT p99' : 'p99', open ? 8 : 0),
    percentile('tpot', '50', 'TPOT p50', 1),
    percentile('tpot', '99', 'TPOT p99', 7),
    percentile('icl', '99', 'ICL p99', 7),
    percentile('e2e', '50', 'E2E p50', 4),
    percentile('e2e', '99', 'E2E p99', 7),
    number('goodput', 'Good/s', ({goodput}) => goodput?.requestsPerSecond, 2),
    {
      key: 'attainment',
      title: 'Good',
      value: ({goodput}) => goodput?.attainment,
      text: ({goodput}) => (goodput?.attainment == null ? '-' : shareText(goodput.attainment)),
      align: 'right',
      weight: 5,
    },
    number('usd-per-million-output', '$/1M out', ({price}) => price?.perMillionOutput, 3),
    ...detailColumns(),
  ]
}

/** For files, not for tables of a terminal, where they go first. */
function detailColumns(): readonly Column<CellRow>[] {
  return [
    count('sent', 'Sent', ({counts}) => counts.sent, 10),
    count('warm-up', 'Warm-up', ({counts}) => counts.warmUp, 10),
    number('rate-asked', 'Asked/s', ({rate}) => rate.asked, 10),
    number('rate-achieved', 'Sent/s', ({rate}) => rate.achieved, 10),
    number('concurrency-mean', 'In flight', ({concurrency}) => concurrency.mean, 10),
    count('concurrency-peak', 'Peak', ({concurrency}) => concurrency.peak, 10),
    percentile('ttfv', '50', 'TTFV p50', 10),
    percentile('lag', '99', 'Lag p99', 10),
    count('input-tokens', 'Tokens in', ({tokens}) => tokens.input, 10),
    count('output-tokens', 'Tokens out', ({tokens}) => tokens.output, 10),
    count('cache-read-tokens', 'Cache read', ({tokens}) => tokens.cacheRead, 10),
    number('usd', 'USD', ({price}) => price?.usd, 10),
    {
      key: 'errors',
      title: 'Errors',
      value: ({counts}) => Object.entries(counts.errors).map(([error, count]) => `${error}:${count}`),
      text: ({counts}) => errorWords(counts.errors),
      weight: 10,
    },
    {key: 'started-at', title: 'Started', value: ({startedAt}) => startedAt, weight: 11},
  ]
}

/** `throttled 4, truncated 1`. */
export function errorWords(errors: Readonly<Record<string, number>>): string {
  const some = Object.entries(errors).filter(([, count]) => count > 0)
  return some.length === 0
    ? 'none'
    : some.map(([error, count]) => `${error} ${count.toLocaleString('en-US')}`).join(', ')
}

function at(distribution: Distribution | null | undefined, key: PercentileKey): number | undefined {
  return distribution?.p[key]?.value
}

function percentile(metric: Metric, key: PercentileKey, title: string, weight: number): Column<CellRow> {
  return number(`${metric}-p${key}`, title, (row) => at(row[metric], key), weight)
}

function count(
  key: string,
  title: string,
  value: (row: CellRow) => number | null | undefined,
  weight: number,
): Column<CellRow> {
  return {
    ...number(key, title, value, weight),
    text: (row) => value(row)?.toLocaleString('en-US') ?? '-',
  }
}

function number(
  key: string,
  title: string,
  value: (row: CellRow) => number | null | undefined,
  weight: number,
): Column<CellRow> {
  return {
    key,
    title,
    value,
    text: (row) => {
      const known = value(row)
      return known === null || known === undefined ? '-' : numberText(known)
    },
    align: 'right',
    weight,
  }
}
