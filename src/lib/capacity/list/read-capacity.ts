import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {ImportedModel, ImportSource} from '../../imports/ports.js'
import type {CapacitySource, Deployment, ProvisionedThroughput} from '../ports.js'
import type {CallMetricSource, CallSeries} from '../traffic/ports.js'

/** What one Region holds; `undefined` where it could not be read. */
export interface RegionCapacity {
  readonly region: string
  readonly provisioned: readonly ProvisionedThroughput[]
  readonly deployments: readonly Deployment[]
  readonly imported: readonly ImportedModel[]
  /** Sums of hours, back to `hoursFrom`. */
  readonly hours: readonly CallSeries[] | undefined
  /** Sums of minutes of the last day, and copies. */
  readonly minutes: readonly CallSeries[] | undefined
}

export interface CapacityPorts {
  readonly capacity: Pick<CapacitySource, 'provisioned' | 'deployments'>
  readonly imports: Pick<ImportSource, 'models' | 'model'>
  readonly metrics: CallMetricSource
}

export interface ReadFrame {
  /** Where models are imported: elsewhere nothing is asked about them. */
  readonly importRegions: readonly string[]
  /** Where custom models are deployed: elsewhere the call may not exist. */
  readonly deploymentRegions: readonly string[]
  readonly nowMs: number
  /** So far back calls are looked for. */
  readonly lookBackMs: number
  readonly signal: AbortSignal | undefined
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS

/** Reads every Region. What one part of it does not tell is named as unread, and the rest is told all the same. */
export async function readCapacity(
  regions: readonly string[],
  ports: CapacityPorts,
  frame: ReadFrame,
): Promise<{readonly read: readonly RegionCapacity[]; readonly unread: readonly Unread[]}> {
  const failures: {readonly region: string; readonly failure: BedrockctlError; readonly action: string}[] = []
  const reader =
    (region: string) =>
    async <Value>(action: string, reading: Promise<Value>): Promise<Value | undefined> => {
      try {
        return await reading
      } catch (failure) {
        if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
        failures.push({region, failure, action})
        return undefined
      }
    }
  const read = await Promise.all(regions.map((region) => readRegion(region, ports, frame, reader(region))))
  const lost = failures.filter(({action}) => action === FIRST_LIST)
  const [first] = lost
  if (first && lost.length === regions.length) throw first.failure
  return {
    read,
    unread: failures
      .filter(({failure}) => failure.code !== 'REGION_NOT_ENABLED')
      .map(({action, failure, region}) => toUnread(failure, region, action)),
  }
}

/** The list that every Region has. */
const FIRST_LIST = 'bedrock:ListProvisionedModelThroughputs'

type Attempt = <Value>(action: string, reading: Promise<Value>) => Promise<Value | undefined>

async function readRegion(
  region: string,
  {capacity, imports, metrics}: CapacityPorts,
  {deploymentRegions, importRegions, lookBackMs, nowMs, signal}: ReadFrame,
  attempt: Attempt,
): Promise<RegionCapacity> {
  const [provisioned = [], deployments = [], listed = []] = await Promise.all([
    attempt(FIRST_LIST, capacity.provisioned(region, signal)),
    deploymentRegions.includes(region)
      ? attempt('bedrock:ListCustomModelDeployments', capacity.deployments(region, signal))
      : [],
    importRegions.includes(region) ? attempt('bedrock:ListImportedModels', imports.models(region, signal)) : [],
  ])
  const imported = await Promise.all(
    listed.map(
      async (model) => (await attempt('bedrock:GetImportedModel', imports.model(region, model.arn, signal))) ?? model,
    ),
  )
  const own = [...provisioned, ...deployments, ...imported]
  if (own.length === 0) return {region, provisioned, deployments, imported, hours: [], minutes: []}
  const names = new Set(own.flatMap(({arn, id}) => [arn, id]))
  const isWanted = (modelId: string) => names.has(modelId)
  const hour = Math.ceil(nowMs / HOUR_MS) * HOUR_MS
  const minute = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS
  const [hours, minutes] = await Promise.all([
    attempt(
      'cloudwatch:GetMetricData',
      metrics.readCalls(
        region,
        {metrics: ['invocations'], isWanted, from: hour - lookBackMs, to: hour, periodSeconds: 3600},
        signal,
      ),
    ),
    attempt(
      'cloudwatch:GetMetricData',
      metrics.readCalls(
        region,
        {
          metrics: ['input', 'output', 'throttles', 'copies'],
          isWanted,
          ...{from: minute - DAY_MS, to: minute, periodSeconds: 60},
        },
        signal,
      ),
    ),
  ])
  return {region, provisioned, deployments, imported, hours, minutes}
}
