import type {CostRow} from '../../src/lib/monitor/board/costs/costs.schema.js'
import type {TrafficRow} from '../../src/lib/monitor/board/data.js'
import type {RatePrice} from '../../src/lib/monitor/board/prices/prices.schema.js'
import type {QuotaLimit} from '../../src/lib/monitor/board/quotas/quotas.schema.js'
import type {TrafficAbout, TrafficMinute} from '../../src/lib/monitor/board/traffic/traffic.schema.js'

/** Half a minute into 12:00: the last complete minute is 11:59. */
export const NOW = Date.parse('2026-11-21T12:00:30Z')
export const LAST = NOW / 60_000 - 1.5

const SONNET = 'anthropic.claude-sonnet-4-6'

export function trafficMinute(minute: number, counts: Partial<TrafficMinute> = {}): TrafficMinute {
  return {
    ...{minute, invocations: 1, clientErrors: 0, serverErrors: 0, throttles: 0},
    ...{input: 1000, output: 300, cacheRead: 5000, cacheWrite: 200, quotaTokens: null},
    ...{latencyP50: null, latencyP99: null, ttftP50: null, ttftP99: null},
    ...counts,
  }
}

/** The last five complete minutes, all alike. */
export function lastMinutes(counts: Partial<TrafficMinute> = {}): readonly TrafficMinute[] {
  return [4, 3, 2, 1, 0].map((back) => trafficMinute(LAST - back, counts))
}

/** A row of a profile of one geography, unless told otherwise. */
export function trafficRow({
  about = {},
  ...row
}: Partial<Omit<TrafficRow, 'about'>> & {readonly about?: Partial<TrafficAbout>} = {}): TrafficRow {
  return {
    ...{key: 'row', region: 'us-east-1', endpoint: 'runtime', modelId: `us.${SONNET}`, tier: null},
    minutes: lastMinutes(),
    ...row,
    about: {
      ...{model: SONNET, name: 'Claude Sonnet 4.6', kind: 'profile', route: 'geo', processedIn: null, lifecycle: null},
      ...about,
    },
  }
}

export function quotaLimit(limit: Partial<QuotaLimit> = {}): QuotaLimit {
  return {
    ...{code: 'L-15B8E632', name: 'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.6'},
    ...{
      value: 10_000,
      adjustable: true,
      kind: 'tpm',
      route: 'geo',
      model: SONNET,
      named: 'Anthropic Claude Sonnet 4.6',
    },
    ...{outputBurndown: 5, latencyOptimized: false},
    ...limit,
  }
}

export function ratePrice(price: Partial<RatePrice> = {}): RatePrice {
  return {
    ...{endpoint: 'runtime', modelId: `us.${SONNET}`, tier: null, currency: 'USD'},
    ...{input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75', source: 'made up', why: null},
    ...price,
  }
}

/** What the month has of the row that `trafficRow` makes. */
export function costRow(row: Partial<CostRow> = {}): CostRow {
  return {
    ...{source: 'metrics', name: `us.${SONNET}`, label: null, region: 'us-east-1', tier: 'standard'},
    ...{endpoint: 'runtime', model: SONNET, route: 'geo', currency: 'USD'},
    ...{today: '1', monthToDate: '20', forecast: '30', forecastBy: 'made up', limit: null},
    ...{tokensToday: null, requests: null, note: null},
    ...row,
  }
}
