import type {RequestContext} from '../../handler.js'
import {burndownOf} from '../../quotas/burndown.js'
import {calledModel} from '../../traffic/called-model.js'
import {momentAt} from '../../world/moment.js'
import type {GuardrailUsage, Usage} from '../../world/resources.js'
import type {World} from '../../world.js'
import {type AccountPlace, placeOf} from '../account-place.js'
import {recordedSeries, recordedUnder} from './recorded.js'
import {type LiveSeries, type MadeSeries, type Series, tallyOf} from './series.js'
import {trafficSeries} from './traffic-series.js'

const GUARDRAIL_UNITS = 2
const MINUTES = 60
const TOKENS_SPREAD = 0.5

/** Every metric of the called account in the called Region. */
export function seriesHere(context: RequestContext): readonly Series[] {
  return [...[...writtenHere(context).values()].flat(), ...recordedSeries(context)]
}

/** What writes the metric of this name with exactly these dimensions. */
export function seriesNamed(
  {namespace, name, dimensions}: Pick<Series, 'namespace' | 'name' | 'dimensions'>,
  context: RequestContext,
): readonly Series[] {
  const written = writtenHere(context).get(keyOf({namespace, name, dimensions})) ?? []
  const called = namespace === ('Model' in dimensions ? 'AWS/BedrockMantle' : 'AWS/Bedrock')
  return called ? [...written, ...recordedUnder(name, dimensions, context)] : written
}

/** Two series of the same key write one metric. */
export function keyOf({namespace, name, dimensions}: Pick<Series, 'namespace' | 'name' | 'dimensions'>): string {
  const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`)
  return [namespace, name, ...pairs.sort()].join('\n')
}

type ByKey = ReadonlyMap<string, readonly Series[]>
const made = new WeakMap<World, Map<string, ByKey>>()

/** What the scenario has of metrics in a place, by what they write. */
function writtenHere(context: RequestContext): ByKey {
  const {world, account, region} = context
  const places = made.get(world) ?? new Map<string, ByKey>()
  made.set(world, places)
  const place = `${account}/${region}`
  const known = places.get(place)
  if (known) return known
  const index = new Map<string, Series[]>()
  for (const series of writtenIn(placeOf(context), context, place)) {
    const key = keyOf(series)
    index.set(key, [...(index.get(key) ?? []), series])
  }
  places.set(place, index)
  return index
}

function writtenIn(place: AccountPlace, context: RequestContext, name: string): readonly Series[] {
  const {world} = context
  const {usage = [], guardrailUsage = []} = place.resources
  return [
    ...usage.flatMap((one) => [
      ...seriesOfUsage(one, place),
      ...tierSeries(one, place),
      ...copySeries(one, place),
      ...quotaSeries(one, place, context),
    ]),
    ...guardrailUsage.flatMap((one) => seriesOfGuardrail(one, place)),
    ...(world.traffic.get(name) ?? []).flatMap((source) => trafficSeries(source, () => world.now())),
  ]
}

/** What one usage adds to the metrics of a model; the same numbers as billing has. */
export function seriesOfUsage(usage: Usage, place: AccountPlace): readonly MadeSeries[] {
  return usage.mantle ? mantleSeries(usage, place) : runtimeSeries(usage, place, {ModelId: usage.model})
}

/** The same once more by tier, which only requests that name one have. */
function tierSeries(usage: Usage, place: AccountPlace): readonly MadeSeries[] {
  const {tier, model} = usage
  if (tier === undefined || usage.mantle) return []
  return runtimeSeries(usage, place, {ModelId: model, ServiceTier: tier, ResolvedServiceTier: tier})
}

/** An imported model that is called has copies at work, which are counted every minute. */
function copySeries(usage: Usage, place: AccountPlace): readonly MadeSeries[] {
  const {model, copies = 1, since, until} = usage
  if (!model.includes(':imported-model/')) return []
  const each = {model, perHour: MINUTES, since, until}
  const series = toSeries('AWS/Bedrock', {ModelId: model}, [['ModelCopy', 1, copies]], each, place)
  return series.map((one) => ({...one, exact: true}))
}

const WEIGHED = /^(InputTokenCount|CacheWriteInputTokenCount|OutputTokenCount)$/

/** What it takes from its model's quota of tokens, where its model has one: the same tokens, weighed. */
function quotaSeries(usage: Usage, place: AccountPlace, {account, region, world}: RequestContext): readonly Series[] {
  const {base, routing} = calledModel(world, {account, region}, usage.model) ?? {}
  if (usage.mantle || base === undefined || routing === undefined) return []
  const weighed = runtimeSeries(usage, place, {ModelId: usage.model}).filter(({name}) => WEIGHED.test(name))
  return weighed.slice(0, 1).map(
    ({namespace, dimensions, unit, since, until}): LiveSeries => ({
      ...{namespace, dimensions, unit, since, until},
      name: 'EstimatedTPMQuotaUsage',
      add(into, from, to) {
        const parts = weighed.map((one) => ({one, tally: tallyOf([one], from, to)}))
        const weight = ({name}: Series): number => (name === 'OutputTokenCount' ? burndownOf(base) : 1)
        const spent = parts.reduce((total, {one, tally}) => total + tally.sum * weight(one), 0)
        into.add(Math.max(...parts.map(({tally}) => tally.count)), spent, TOKENS_SPREAD)
      },
    }),
  )
}

type Metric = readonly [name: string, share: number, perSample: number, unit?: Series['unit']]

function runtimeSeries(usage: Usage, place: AccountPlace, dimensions: Series['dimensions']): MadeSeries[] {
  const {throttled = 0, clientErrors = 0, serverErrors = 0, latencyMs = 1500} = usage
  const served = 1 - throttled - clientErrors - serverErrors
  const metrics: readonly Metric[] = [
    ['Invocations', served, 1],
    ['InvocationThrottles', throttled, 1],
    ['InvocationClientErrors', clientErrors, 1],
    ['InvocationServerErrors', serverErrors, 1],
    ['LegacyModelInvocations', usage.legacy ? served : 0, 1],
    ['InputTokenCount', served, usage.inputTokens],
    ['OutputTokenCount', served, usage.outputTokens],
    ['CacheReadInputTokenCount', served, usage.cacheReadTokens ?? 0],
    ['CacheWriteInputTokenCount', served, usage.cacheWriteTokens ?? 0],
    ['InvocationLatency', served, latencyMs, 'Milliseconds'],
    ['TimeToFirstToken', usage.streaming ? served : 0, latencyMs / 5, 'Milliseconds'],
  ]
  return toSeries('AWS/Bedrock', dimensions, metrics, usage, place)
}

function mantleSeries(usage: Usage, place: AccountPlace): MadeSeries[] {
  const {throttled = 0, clientErrors = 0} = usage
  const failed = throttled + clientErrors
  const metrics: readonly Metric[] = [
    ['Inferences', 1 - failed, 1],
    ['InferenceClientErrors', failed, 1],
    ['TotalInputTokens', 1 - failed, usage.inputTokens],
    ['TotalOutputTokens', 1 - failed, usage.outputTokens],
  ]
  return toSeries('AWS/BedrockMantle', {Model: usage.model}, metrics, usage, place)
}

/** The metrics of one version of a guardrail; billing goes by its text units. */
export function seriesOfGuardrail(usage: GuardrailUsage, place: AccountPlace): readonly MadeSeries[] {
  const metrics: readonly Metric[] = [
    ['Invocations', 1, 1],
    ['InvocationsIntervened', usage.intervened ?? 0, 1],
    ['TextUnitCount', 1, GUARDRAIL_UNITS],
    ['InvocationLatency', 1, 350, 'Milliseconds'],
  ]
  const dimensions = {
    GuardrailArn: place.arn('bedrock', `guardrail/${usage.guardrail}`),
    GuardrailVersion: usage.version,
  }
  const {perHour} = usage
  return toSeries('AWS/Bedrock/Guardrails', dimensions, metrics, {model: usage.guardrail, perHour}, place)
}

/** Metrics without a sample are not there: CloudWatch knows a metric by its data. */
function toSeries(
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  metrics: readonly Metric[],
  {model, perHour, since = '-90d', until}: Pick<Usage, 'model' | 'perHour' | 'since' | 'until'>,
  {resources: {startedAt}}: AccountPlace,
): MadeSeries[] {
  return metrics
    .filter(([, share, perSample]) => share > 0 && perSample > 0)
    .map(([name, share, perSample, unit = 'Count']) => ({
      namespace,
      name,
      dimensions,
      unit,
      rhythm: `${namespace}/${model}`,
      samplesPerHour: perHour * share,
      perSample,
      exact: perSample === 1,
      since: momentAt(since, startedAt),
      until: until === undefined ? Number.POSITIVE_INFINITY : momentAt(until, startedAt),
    }))
}
