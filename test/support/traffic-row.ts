import type {TrafficRow} from '../../src/lib/monitor/board/data.js'
import type {KnownMetric, TrafficMetric} from '../../src/lib/monitor/board/traffic/ports.js'
import {rowKey} from '../../src/lib/monitor/board/traffic/subject.js'
import type {TrafficAbout, TrafficMinute, TrafficSeries} from '../../src/lib/monitor/board/traffic/traffic.schema.js'

export const SONNET = 'eu.anthropic.claude-sonnet-4-6'

export const ABOUT: TrafficAbout = {
  model: 'anthropic.claude-sonnet-4-6',
  name: 'Claude Sonnet 4.6',
  kind: 'profile',
  route: 'geo',
  processedIn: ['eu-central-1', 'eu-west-1'],
  lifecycle: null,
}

/** A minute in which nothing was counted but what is given. */
export function minuteWith(minute: number, counts: Partial<TrafficMinute> = {}): TrafficMinute {
  return {
    ...{minute, invocations: 0, clientErrors: 0, serverErrors: 0, throttles: 0},
    ...{input: 0, output: 0, cacheRead: 0, cacheWrite: 0, quotaTokens: null},
    ...{latencyP50: null, latencyP99: null, ttftP50: null, ttftP99: null},
    ...counts,
  }
}

export function seriesWith(minutes: readonly TrafficMinute[], over: Partial<TrafficSeries> = {}): TrafficSeries {
  return {endpoint: 'runtime', modelId: SONNET, tier: null, about: ABOUT, minutes, ...over}
}

export function rowWith(minutes: readonly TrafficMinute[], over: Partial<TrafficRow> = {}): TrafficRow {
  const row = {
    region: 'eu-central-1',
    endpoint: 'runtime',
    modelId: SONNET,
    tier: null,
    about: ABOUT,
    minutes,
    ...over,
  } as const
  return {key: rowKey(row.region, row), ...row}
}

/** A metric as CloudWatch lists it for a model. */
export function knownMetric(metric: TrafficMetric, over: Partial<KnownMetric> = {}): KnownMetric {
  const modelId = over.modelId ?? SONNET
  return {
    ...{endpoint: 'runtime', modelId, tier: null, metric},
    source: {namespace: 'AWS/Bedrock', name: metric, dimensions: {ModelId: modelId}},
    ...over,
  }
}
