import type {Catalog} from '../catalog/catalog.js'
import type {Unread} from '../core/answer.schema.js'
import type {Alternative, RouteVerdict} from '../models/availability/availability.schema.js'
import type {RegionOffer} from '../models/offers/offer.js'
import type {ResolvedReference} from '../models/references/resolve-base-models.js'
import type {Requirement} from './requirement.js'

/** What was read of routes, and the judgements that the models capability gives on it. */
export interface RouteReading {
  readonly catalog: Catalog
  readonly offers: readonly RegionOffer[]
  readonly unread: readonly Unread[]
  /** Whether the account has a Region enabled; undefined when the account was not read. */
  readonly isEnabled: ((region: string) => boolean | undefined) | undefined
  readonly simulated: () => boolean
  /** Base model ids of texts; all that cannot be understood are named at once. */
  resolveModels(texts: readonly string[]): Promise<readonly string[]>
  resolve(text: string): Promise<ResolvedReference>
  /** Every way to reach a model from a Region. */
  routesOf(modelId: string, region: string): readonly RouteVerdict[]
  /** What works instead from there, or close by. */
  nearest(modelId: string, region: string, requirement: Requirement | undefined): Alternative | null
}

/** Model invocation logging of one account in one Region. */
export interface InvocationLogging {
  readonly s3: {readonly bucket: string; readonly prefix: string | null} | null
  readonly cloudWatch: {readonly logGroup: string; readonly largeDataBucket: string | null} | null
  /** text, image, embedding, video, audio. */
  readonly delivers: readonly string[]
}

export interface InvocationLoggingSource {
  /** bedrock:GetModelInvocationLoggingConfiguration; null when logging is off. */
  readInvocationLogging(region: string, signal?: AbortSignal): Promise<InvocationLogging | null>
}
