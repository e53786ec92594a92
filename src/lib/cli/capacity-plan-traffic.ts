import type {PlanQuestion} from '../capacity/plan/plan-question.js'
import type {LogCounts} from '../capacity/traffic/read-logs.js'
import type {Traffic} from '../capacity/traffic/traffic.js'
import type {Catalog} from '../catalog/catalog.js'
import type {Unread} from '../core/answer.schema.js'
import {usageError} from '../core/errors.js'
import type {ResolvedCall} from '../cost/workload/resolve-call.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {CapacityPlanFrame} from './capacity-plan.js'
import type {CapacityPlanFlags} from './capacity-plan-flags.js'
import type {CapacityPlanWords} from './capacity-plan-words.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

interface PlanTraffic {
  readonly traffic: Traffic
  readonly found: PlanQuestion['found']
  readonly unread: readonly Unread[]
}

const MINUTE_MS = 60_000
const DEFAULT_SINCE = '7d'

/** The minutes that are planned for, from where the flags say. */
export async function readPlanTraffic(
  flags: CapacityPlanFlags,
  words: CapacityPlanWords,
  call: ResolvedCall,
  connection: Connection,
  frame: CapacityPlanFrame,
): Promise<PlanTraffic> {
  const {maxTokens, traffic} = words
  if (traffic.kind === 'rate') {
    const {rateTraffic} = await import('../capacity/traffic/rate.js')
    const name = `--rate ${traffic.levels}`
    return {traffic: rateTraffic(traffic.levels, traffic.size), found: {source: 'rate', name, calledAs: {}}, unread: []}
  }
  const {parseSince} = await import('../batch/list/parse-since.js')
  const isWanted = await wantedCalls(flags, call, connection.catalog)
  if (traffic.kind === 'logs') {
    const since = parseSince(flags.since, new Date())
    return bounded(await readFromLogs(traffic.place, {isWanted, since}, call, connection, frame), maxTokens)
  }
  const since = parseSince(flags.since ?? DEFAULT_SINCE, new Date()) ?? ''
  const [{metricTraffic}, source] = await Promise.all([
    import('../capacity/traffic/metric-traffic.js'),
    onlineSession(connection, 'Metrics of CloudWatch').callMetrics(),
  ])
  const to = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
  const question = {region: call.region, isWanted, from: Date.parse(since), to, maxTokens}
  if (question.from >= to) {
    throw usageError('SINCE_INVALID', `--since ${flags.since ?? ''} is not in the past.`, {
      hint: 'Give how long ago (36h, 7d), or a date such as 2026-11-01.',
    })
  }
  const {calledAs, ...read} = await metricTraffic(question, source, frame.signal)
  return {
    traffic: {...read, notes: [...read.notes, ...routeNotes(Object.keys(calledAs))]},
    found: {source: 'metrics', name: 'CloudWatch', calledAs},
    unread: [],
  }
}

interface LogWanted {
  readonly isWanted: (modelId: string) => boolean
  readonly since: string | undefined
}

async function readFromLogs(
  place: string,
  {isWanted, since}: LogWanted,
  {modelId, region}: ResolvedCall,
  connection: Connection,
  {progress, signal}: CapacityPlanFrame,
): Promise<PlanTraffic> {
  const {readLogs} = await import('../capacity/traffic/read-logs.js')
  const sinceMinute = since === undefined ? undefined : Math.floor(Date.parse(since) / MINUTE_MS)
  const {counts, traffic, unread} = await readLogs(
    await openLogs(place, region, connection, signal),
    {isWanted, region, sinceMinute},
    {signal, onProgress: (files) => progress.update(files, undefined, 'log files')},
  )
  const {calledAs, calls, duplicates, failedCalls, notRecords, others} = counts
  const number = (count: number, what: string) => (count === 0 ? [] : [`${count.toLocaleString('en-US')} ${what}`])
  const left = [
    ...number(others, 'of other models, Regions and times'),
    ...number(failedCalls, 'that failed'),
    ...number(duplicates, 'twice in the log'),
    ...number(notRecords, 'lines that are no record'),
  ]
  if (calls === 0) throw noCalls(modelId, place, counts, left)
  const leftOut =
    left.length === 0 ? [] : [`left out beside ${calls.toLocaleString('en-US')} calls: ${left.join(', ')}`]
  return {
    traffic: {...traffic, notes: [...traffic.notes, ...leftOut, ...routeNotes(Object.keys(calledAs))]},
    found: {source: 'logs', name: place, calledAs},
    unread,
  }
}

const MOST_NAMED = 5

/** Logs without one call of the model: with what they have in its place. */
function noCalls(
  modelId: string,
  place: string,
  {notRecords, otherModels, others}: LogCounts,
  left: readonly string[],
) {
  const called = [...otherModels]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_NAMED)
    .map(([id, count]) => `${id} (${count.toLocaleString('en-US')})`)
  return usageError('NO_TRAFFIC', `No call of ${modelId} is in ${place}.`, {
    ...(left.length > 0 && {
      why: [`It has ${left.join(', ')}.`, ...(called.length > 0 ? [`Called: ${called.join(', ')}.`] : [])].join('\n'),
    }),
    hint:
      others === 0 && notRecords > 0
        ? 'A log has one record a line, as Bedrock writes it to S3 and as an export of CloudWatch Logs has it.'
        : 'Name what was called by --model or --called-as; look at --region and --since too.',
  })
}

async function openLogs(
  place: string,
  region: string,
  connection: Connection,
  signal: AbortSignal,
): Promise<AsyncIterable<ByteSource>> {
  const {localLogs, storedLogs} = await import('../capacity/traffic/log-files.js')
  if (!place.startsWith('s3://')) return localLogs(place)
  const {readS3Uri} = await import('../jobs/s3-uri.js')
  const store = await onlineSession(connection, 'Logs in S3').objectStore()
  return storedLogs(store, readS3Uri(place, 'place of logs', 'any'), {region}, signal)
}

/** A profile that is named stands for its own calls; a model for all of its calls, whatever their route. */
async function wantedCalls(
  {'called-as': named = [], model}: CapacityPlanFlags,
  {modelId}: ResolvedCall,
  catalog: Catalog,
): Promise<(id: string) => boolean> {
  const {nameModel} = await import('../cost/workload/resolve-call.js')
  const asked = nameModel(model, catalog)
  const profile = typeof asked === 'string' ? undefined : asked.profile
  const own = new Set(named)
  return (id) => {
    if (own.has(id)) return true
    const found = nameModel(id, catalog)
    if (typeof found === 'string') return false
    return (
      (found.model.aliasOf ?? found.model.id) === modelId && (profile === undefined || found.profile?.id === profile.id)
    )
  }
}

/** Calls by several ids may count against several quotas; the simulation has one. */
function routeNotes(calledAs: readonly string[]): readonly string[] {
  return calledAs.length < 2
    ? []
    : [
        `called as ${calledAs.join(', ')}: each route has a quota of its own, and one is simulated; name a profile to keep its calls`,
      ]
}

/** What requests may write, where the log does not say. */
function bounded(read: PlanTraffic, maxTokens: number | null): PlanTraffic {
  if (maxTokens === null) return read
  const minutes = read.traffic.minutes.map((minute) =>
    minute.maxTokens === null && minute.requests > 0 ? {...minute, maxTokens: maxTokens * minute.requests} : minute,
  )
  return {...read, traffic: {...read.traffic, minutes}}
}
