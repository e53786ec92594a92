import type {ReaderSource} from '../account/ports/readers.js'
import type {IdentitySource, RegionOptInSource} from '../account/ports.js'
import type {BatchJobSource} from '../batch/ports.js'
import type {RecordAnswerer} from '../batch/retry/ports.js'
import type {BenchDoor, ConverseStreams} from '../bench/run/ports.js'
import type {CapacitySource} from '../capacity/ports.js'
import type {CallMetricSource} from '../capacity/traffic/ports.js'
import {usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import type {BillSource, UsageSource} from '../cost/actual/ports.js'
import type {TokenCounter} from '../cost/tokens/ports.js'
import type {CustomizationSource} from '../customizations/ports.js'
import type {DoctorSource} from '../doctor/ports.js'
import type {ImportSource, TrainingJobSource} from '../imports/ports.js'
import type {ModelCaller} from '../jobs/model-caller.js'
import type {ObjectStore} from '../jobs/ports.js'
import type {AccessSource} from '../models/access/access-ports.js'
import type {OfferSource} from '../models/offers/offer.js'
import type {ReferenceSource} from '../models/references/reference-ports.js'
import type {AlarmSource} from '../monitor/board/alarms/ports.js'
import type {BudgetSource} from '../monitor/board/costs/ports.js'
import type {TrailSource} from '../monitor/board/events/ports.js'
import type {ModelJobSource} from '../monitor/board/jobs/ports.js'
import type {TrafficSource} from '../monitor/board/traffic/ports.js'
import type {PolicySimulator} from '../permissions/simulate/ports.js'
import type {PriceSource, QuotaSource} from '../refresh/ports.js'
import type {InvocationLoggingSource} from '../routing/ports.js'
import {type CallLog, CallRecorder} from './call-log.js'
import {createCredentialProvider} from './credentials.js'
import {readDefaultRegion} from './default-region.js'
import {type ClientConfig, createRequestHandler, createWire} from './wire.js'

// Printed by the SDK on Node 20 at every start; bedrockctl doctor says when support ends.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

/** One caller's door to AWS: adapters are built on first use, clients once per (service, Region). */
export interface AwsSession {
  offers(): Promise<OfferSource>
  access(): Promise<AccessSource>
  references(): Promise<ReferenceSource>
  identity(): Promise<IdentitySource>
  regionOptIns(): Promise<RegionOptInSource>
  invocationLogging(): Promise<InvocationLoggingSource>
  quotas(): Promise<QuotaSource>
  /** Undefined where the partition has no Price List of its own, as in GovCloud. */
  prices(partition: string): Promise<PriceSource | undefined>
  doctor(): Promise<DoctorSource>
  /** The reads of the account snapshot; the client of a service is loaded with its first read. */
  accountReaders(): Promise<ReaderSource>
  policySimulator(): Promise<PolicySimulator>
  tokenCounter(): Promise<TokenCounter>
  /** Cost Explorer of a partition. */
  bill(partition: string): Promise<BillSource>
  tokenUsage(): Promise<UsageSource>
  budgets(): Promise<BudgetSource>
  objectStore(): Promise<ObjectStore>
  batchJobs(): Promise<BatchJobSource>
  customizations(): Promise<CustomizationSource>
  capacity(): Promise<CapacitySource>
  /** Evaluation and copy jobs. */
  modelJobs(): Promise<ModelJobSource>
  callMetrics(): Promise<CallMetricSource>
  trafficMetrics(): Promise<TrafficSource>
  alarms(): Promise<AlarmSource>
  recordAnswerer(): Promise<RecordAnswerer>
  modelCaller(): Promise<ModelCaller>
  imports(): Promise<ImportSource>
  trainingJobs(): Promise<TrainingJobSource>
  benchDoor(): Promise<BenchDoor>
  trail(): Promise<TrailSource>
  /** Streams beside the limits of the session. */
  converseStreams(): Promise<ConverseStreams>
  /** The Region of the profile or environment; `undefined` when none is configured. */
  defaultRegion(): Promise<string | undefined>
  /** True once a sandbox has answered, whichever way the endpoint was set. */
  readonly simulated: boolean
  /** What went over the wire, retries included. */
  readonly calls: CallLog
  /** Seconds that this machine is ahead of AWS, by its latest answer; `undefined` before the first. */
  readonly clockSkewSeconds: number | undefined
  /** Stops what is under way and closes the sockets. */
  close(): void
}

export interface AwsSessionOptions {
  /** Beats AWS_PROFILE. */
  readonly profile?: string | undefined
  /** Beats AWS_REGION and the profile; for calls that belong to no Region, such as those of STS. */
  readonly region?: string | undefined
  /** Every call goes there; beats AWS_ENDPOINT_URL*. */
  readonly endpointUrl?: string | undefined
  /** Used as they are: profile, environment and bearer token are then not looked at. */
  readonly credentials?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** A Bedrock API key; AWS_BEARER_TOKEN_BEDROCK is read by the SDK without it. */
  readonly bearerToken?: string | undefined
  /** Stops every call of the session. */
  readonly signal?: AbortSignal | undefined
  readonly now?: () => Date
}

// Where nothing names a Region, calls that belong to no Region still need an endpoint.
const FALLBACK_REGION = 'us-east-1'

/** Opens the door; nothing is read or called before an adapter is used. */
export function openAwsSession(options: AwsSessionOptions = {}): AwsSession {
  const now = options.now ?? (() => new Date())
  const recorder = new CallRecorder()
  const base = clientBase(options)
  const wire = createWire(base, recorder, options.signal)
  const defaultRegion = memoised(() =>
    options.region === undefined ? configuredRegion(options) : Promise.resolve(options.region),
  )
  const homeRegion = async () => (await defaultRegion()) ?? FALLBACK_REGION

  return {
    offers: memoised(async () => (await import('./offer-source.js')).createOfferSource(wire, now)),
    access: memoised(async () => (await import('./access-source.js')).createAccessSource(wire)),
    references: memoised(async () => (await import('./reference-source.js')).createReferenceSource(wire)),
    identity: memoised(async () => (await import('./identity-source.js')).createIdentitySource(wire, homeRegion)),
    regionOptIns: memoised(async () =>
      (await import('./region-opt-in-source.js')).createRegionOptInSource(wire, homeRegion),
    ),
    doctor: memoised(async () => (await import('./doctor-source.js')).createDoctorSource(wire, base, recorder)),
    accountReaders: memoised(async () => (await import('./account/readers.js')).createReaderSource(wire)),
    policySimulator: memoised(async () =>
      (await import('./policy-simulator.js')).createPolicySimulator(wire, homeRegion),
    ),
    tokenCounter: memoised(async () => (await import('./token-counter.js')).createTokenCounter(wire)),
    bill: async (partition) => (await import('./cost-source.js')).createCostSource(wire, partition),
    budgets: memoised(async () => (await import('./budget-source.js')).createBudgetSource(wire, homeRegion)),
    tokenUsage: memoised(async () => (await import('./usage-source.js')).createUsageSource(wire)),
    objectStore: memoised(async () => (await import('./object-store.js')).createObjectStore(wire)),
    batchJobs: memoised(async () => (await import('./batch-job-source.js')).createBatchJobSource(wire)),
    customizations: memoised(async () => (await import('./customization-source.js')).createCustomizationSource(wire)),
    callMetrics: memoised(async () => (await import('./call-metric-source.js')).createCallMetricSource(wire)),
    trafficMetrics: memoised(async () => (await import('./traffic-source.js')).createTrafficSource(wire)),
    alarms: memoised(async () => (await import('./alarm-source.js')).createAlarmSource(wire)),
    capacity: memoised(async () => (await import('./capacity-source.js')).createCapacitySource(wire)),
    modelJobs: memoised(async () => (await import('./model-job-source.js')).createModelJobSource(wire)),
    recordAnswerer: memoised(async () => (await import('./record-answerer.js')).createRecordAnswerer(wire)),
    imports: memoised(async () => (await import('./import-source.js')).createImportSource(wire)),
    trainingJobs: memoised(async () => (await import('./training-job-source.js')).createTrainingJobSource(wire)),
    modelCaller: memoised(async () => (await import('./model-caller.js')).createModelCaller(wire)),
    benchDoor: memoised(async () => (await import('./bench-door.js')).createBenchDoor(base, bearerOf(options))),
    converseStreams: memoised(async () => (await import('./converse-streams.js')).createConverseStreams(base)),
    trail: memoised(async () => (await import('./trail-source.js')).createTrailSource(wire)),
    quotas: memoised(async () => (await import('./quota-source.js')).createQuotaSource(wire)),
    prices: async (partition) => (await import('./price-source.js')).createPriceSource(wire, partition),
    invocationLogging: memoised(async () =>
      (await import('./invocation-logging-source.js')).createInvocationLoggingSource(wire),
    ),
    defaultRegion,
    get simulated() {
      return recorder.simulated
    },
    calls: recorder,
    get clockSkewSeconds() {
      return recorder.clockSkewSeconds
    },
    close: () => wire.close(),
  }
}

function configuredRegion(options: AwsSessionOptions): Promise<string | undefined> {
  return options.credentials === undefined ? readDefaultRegion(options.profile) : Promise.resolve(undefined)
}

/** As the SDK chooses: a key that is given, else that of the environment, unless credentials are given. */
function bearerOf({bearerToken, credentials}: AwsSessionOptions): string | undefined {
  const fromEnvironment = credentials === undefined ? process.env['AWS_BEARER_TOKEN_BEDROCK'] : undefined
  return bearerToken ?? (fromEnvironment || undefined)
}

function clientBase(options: AwsSessionOptions): Omit<ClientConfig, 'region'> {
  const requestHandler = createRequestHandler()
  const endpoint = options.endpointUrl === undefined ? {} : {endpoint: checkedEndpoint(options.endpointUrl)}
  const token =
    options.bearerToken === undefined
      ? {}
      : {token: {token: options.bearerToken}, authSchemePreference: ['httpBearerAuth']}
  if (options.credentials === undefined) {
    const profile = options.profile === undefined ? {} : {profile: options.profile}
    return {
      requestHandler,
      credentials: createCredentialProvider({profile: options.profile, requestHandler}),
      ...profile,
      ...endpoint,
      ...token,
    }
  }
  return {
    requestHandler,
    credentials: options.credentials,
    authSchemePreference: ['sigv4'],
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    ...endpoint,
    ...token,
  }
}

function checkedEndpoint(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw usageError('ENDPOINT_INVALID', `"${sanitise(url)}" is no endpoint.`, {
    hint: 'Give a URL with http:// or https://, such as http://127.0.0.1:4570.',
  })
}

function memoised<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
