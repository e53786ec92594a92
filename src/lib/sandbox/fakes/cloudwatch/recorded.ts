import type {RequestContext} from '../../handler.js'
import {addCounted, type CalledMinutes} from '../../metrics/called-minutes.js'
import type {ModelCopy} from '../../world/import-state.js'
import {unloadedAt} from '../bedrock-runtime/imported/copies.js'
import type {LiveSeries} from './series.js'

const MINUTE_MS = 60_000
const NAMESPACE = 'AWS/Bedrock'
const MANTLE_NAMESPACE = 'AWS/BedrockMantle'

const NAMES = [
  'Invocations',
  'InvocationClientErrors',
  'InvocationServerErrors',
  'InvocationThrottles',
  'LegacyModelInvocations',
  'EstimatedTPMQuotaUsage',
  'InputTokenCount',
  'OutputTokenCount',
  'CacheReadInputTokenCount',
  'CacheWriteInputTokenCount',
  'InvocationLatency',
  'TimeToFirstToken',
]

const MANTLE_NAMES = ['Inferences', 'InferenceClientErrors', 'TotalInputTokens', 'TotalOutputTokens']

/** Under what the calls of a model on bedrock-mantle are kept. */
export const inferencesKey = (model: string): string => `${model}\tmantle\t`

/** Under what the calls of a model, and of one of its tiers, are kept. */
export const callsKey = (modelId: string, tier?: string): string =>
  tier === undefined ? modelId : `${modelId}\t${tier}`

type Dimensions = Readonly<Record<string, string>>

/** The metrics of all that was called in this sandbox, and of the copies that imported models were served by. */
export function recordedSeries(context: RequestContext): readonly LiveSeries[] {
  const {calls, imports} = context.world.regional(context.account, context.region)
  return [
    ...[...calls].flatMap(([key, minutes]) => {
      const written = new Set([...minutes.values()].flatMap((counted) => [...counted.keys()]))
      const {dimensions, names} = placed(key)
      return names.filter((name) => written.has(name)).map((name) => callSeries(name, dimensions, minutes))
    }),
    ...[...imports.copies.keys()].flatMap((arn) => copySeries(arn, context) ?? []),
  ]
}

/** What of it writes one metric: it is looked up, for a look asks for hundreds. */
export function recordedUnder(name: string, dimensions: Dimensions, context: RequestContext): readonly LiveSeries[] {
  const {ModelId: modelId = ''} = dimensions
  if (name === 'ModelCopy') return [copySeries(modelId, context)].filter((one) => one !== undefined)
  const {calls} = context.world.regional(context.account, context.region)
  const {Model: mantle = modelId, ServiceTier: tier} = dimensions
  const minutes = calls.get('Model' in dimensions ? inferencesKey(mantle) : callsKey(modelId, tier))
  return minutes ? [callSeries(name, dimensions, minutes)] : []
}

interface Placed {
  readonly dimensions: Dimensions
  readonly names: readonly string[]
}

function placed(key: string): Placed {
  const [id = '', tier, end] = key.split('\t')
  if (end !== undefined) return {dimensions: {Model: id}, names: MANTLE_NAMES}
  const tiers = tier === undefined ? {} : {ServiceTier: tier, ResolvedServiceTier: tier}
  return {dimensions: {ModelId: id, ...tiers}, names: NAMES}
}

const isTime = (name: string): boolean => name === 'InvocationLatency' || name === 'TimeToFirstToken'

function callSeries(name: string, dimensions: Dimensions, minutes: CalledMinutes): LiveSeries {
  // They came one after the other.
  const written = [...minutes].filter(([, counted]) => counted.has(name)).map(([minute]) => minute)
  return {
    namespace: 'Model' in dimensions ? MANTLE_NAMESPACE : NAMESPACE,
    name,
    dimensions,
    unit: isTime(name) ? 'Milliseconds' : 'Count',
    since: (written[0] ?? Number.POSITIVE_INFINITY) * MINUTE_MS,
    until: ((written.at(-1) ?? 0) + 1) * MINUTE_MS,
    add: (into, from, to) => addCounted(minutes, name, into, {from, to}),
  }
}

/** One sample for each minute in which a copy was loaded. */
function copySeries(arn: string, context: RequestContext): LiveSeries | undefined {
  const copies = context.world.regional(context.account, context.region).imports.copies.get(arn)
  const minutes = [...new Set((copies ?? []).flatMap((copy) => loadedMinutes(copy, context)))]
  const [first] = minutes
  if (first === undefined) return undefined
  return {
    namespace: NAMESPACE,
    name: 'ModelCopy',
    dimensions: {ModelId: arn},
    unit: 'Count',
    since: first * MINUTE_MS,
    until: ((minutes.at(-1) ?? first) + 1) * MINUTE_MS,
    add(into, from, to) {
      const loaded = minutes.filter((minute) => minute * MINUTE_MS >= from && minute * MINUTE_MS < to).length
      into.add(loaded, loaded, 0)
    },
  }
}

function loadedMinutes(copy: ModelCopy, context: RequestContext): readonly number[] {
  const first = Math.floor(copy.loadedAt / MINUTE_MS)
  const end = Math.ceil(Math.min(context.now(), unloadedAt(copy, context)) / MINUTE_MS)
  return Array.from({length: Math.max(0, end - first)}, (_, index) => first + index)
}
