import type {PlanQuestion} from '../../src/lib/capacity/plan/plan-question.js'
import type {OnDemandLimits} from '../../src/lib/capacity/plan/simulate.js'
import type {Deployment, ProvisionedThroughput} from '../../src/lib/capacity/ports.js'
import type {TrafficMinute} from '../../src/lib/capacity/traffic/traffic.js'
import {decimal} from '../../src/lib/core/decimal.js'
import type {Rate} from '../../src/lib/prices/price-book.js'

/** Requests of 1,000 input and 200 output tokens, which allow themselves 400. */
export function minuteOf(requests: number, change: Partial<TrafficMinute> = {}): TrafficMinute {
  return {
    requests,
    input: 1000 * requests,
    cacheRead: 0,
    cacheWrite: 0,
    output: 200 * requests,
    maxTokens: 400 * requests,
    ...change,
  }
}

/** One hour on three levels: 30 minutes of `low`, 20 of `day`, 10 of `peak` requests. */
export function threeLevels([low, day, peak]: readonly [number, number, number] = [10, 60, 150]): TrafficMinute[] {
  const level = (minutes: number, requests: number) => Array.from({length: minutes}, () => minuteOf(requests))
  return [...level(30, low), ...level(20, day), ...level(10, peak)]
}

/** On-demand quotas of the worked example. */
export const EXAMPLE_LIMITS: OnDemandLimits = {
  tokensPerMinute: 200_000,
  requestsPerMinute: Number.POSITIVE_INFINITY,
  outputFactor: 5,
  latencySeconds: 0,
}

/** $3 and $15 for a million tokens; a tenth and a quarter more for what is read from and written to a cache. */
export function exampleRates(): Readonly<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite', Rate>> {
  const rate = (amount: string): Rate => ({
    ...{amount: decimal(amount), per: 1_000_000, unit: '1M tokens', currency: 'USD', sku: null},
    ...{asOf: '2026-11-21', sources: ['made up'], confidence: 'high', note: null},
  })
  return {input: rate('3'), output: rate('15'), cacheRead: rate('0.3'), cacheWrite: rate('3.75')}
}

/** The hour on three levels, with a unit of 60,000 tokens a minute at $6 an hour. */
export function exampleQuestion(change: Partial<PlanQuestion> = {}): PlanQuestion {
  return {
    model: {
      ...{modelId: 'meta.llama3-1-70b-instruct-v1:0', name: 'Llama 3.1 70B', region: 'us-west-2'},
      ...{route: 'in-region', profileId: null},
    },
    traffic: {minutes: threeLevels(), from: null, notes: []},
    found: {source: 'rate', name: '--rate', calledAs: {}},
    limits: {
      tokensPerMinute: {value: 200_000, source: 'Service Quotas L-1', asOf: '2026-11-21'},
      requestsPerMinute: null,
      outputFactor: {value: 5, source: 'user guide', asOf: '2026-10-31'},
      latencySeconds: 0,
    },
    unitTokens: 60_000,
    unitOffers: [
      {
        ...{id: 'no-commitment', name: 'no commitment', commitmentMonths: 0},
        ...{hourly: decimal(6), source: 'made up', why: null},
      },
    ],
    reservedOffers: [],
    leastReserved: {input: 100_000, output: 10_000},
    rates: exampleRates(),
    currency: 'USD',
    prices: {kind: 'bundle', asOf: '2026-11-21', why: null},
    mostThrottled: 0,
    cover: 1,
    retryMinutes: 0,
    maxCommitmentMonths: 0,
    simulated: false,
    unread: [],
    ...change,
  }
}

const FOUNDATION = 'arn:aws:bedrock:us-west-2::foundation-model/meta.llama3-1-8b-instruct-v1:0:128k'

/** Provisioned throughput of one unit of a base model, without a commitment. */
export function provisioned(change: Partial<ProvisionedThroughput> = {}): ProvisionedThroughput {
  return {
    ...{arn: 'arn:aws:bedrock:us-west-2:111122223333:provisioned-model/aaaaaaaaaaa1', id: 'aaaaaaaaaaa1'},
    ...{region: 'us-west-2', name: 'night', state: 'InService', modelUnits: 1, desiredModelUnits: 1},
    ...{modelArn: FOUNDATION, desiredModelArn: FOUNDATION, foundationModelArn: FOUNDATION},
    ...{commitment: null, commitmentEndsAt: null, createdAt: '2026-01-01T00:00:00Z', message: null},
    ...change,
  }
}

/** A deployment that serves a custom model. */
export function deployed(change: Partial<Deployment> = {}): Deployment {
  return {
    ...{arn: 'arn:aws:bedrock:us-west-2:111122223333:custom-model-deployment/ddddddddddd1', id: 'ddddddddddd1'},
    ...{region: 'us-west-2', name: 'live', state: 'Active', update: null, description: null, message: null},
    modelArn: 'arn:aws:bedrock:us-west-2:111122223333:custom-model/meta.llama3-1-8b-instruct-v1:0/bbbbbbbbbbb1',
    createdAt: '2026-01-01T00:00:00Z',
    ...change,
  }
}
