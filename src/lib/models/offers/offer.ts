import type {Origin} from '../../core/answer.schema.js'

/** What one Region offers to a caller there, as one read (or one bundled snapshot) saw it. */
export interface RegionOffer {
  readonly region: string
  readonly origin: Origin
  readonly models: readonly OfferedModel[]
  /** System-defined inference profiles that can be called from this Region. */
  readonly profiles: readonly OfferedProfile[]
}

export interface OfferedModel {
  /** Bare id; context variants such as `amazon.nova-lite-v1:0:300k` are folded into `provisionedIds`. */
  readonly id: string
  readonly name: string | null
  readonly provider: string | null
  /** The bare id works on bedrock-runtime here. */
  readonly inRegion: boolean
  /** Ids that can be bought as provisioned throughput here. */
  readonly provisionedIds: readonly string[]
  readonly inputModalities: readonly string[] | null
  readonly outputModalities: readonly string[] | null
  readonly streaming: boolean | null
  readonly customizations: readonly string[] | null
  readonly lifecycle: OfferedLifecycle
}

/** As the service says it in this Region; dates are ISO days, null when the service gave none. */
export interface OfferedLifecycle {
  /** ACTIVE or LEGACY today; open, because the service adds words. */
  readonly status: string
  readonly started: string | null
  readonly legacy: string | null
  readonly extendedAccess: string | null
  readonly endOfLife: string | null
}

export interface OfferedProfile {
  readonly id: string
  readonly name: string | null
  /** Bare model id, from the model ARNs of the profile, never from its name. */
  readonly modelId: string
  /** Global when a model ARN has no Region. */
  readonly kind: 'geo' | 'global'
  /** Every Region that may process a request sent from this Region; null when not known, and for Global. */
  readonly destinations: readonly string[] | null
}

/** Reads what a Region offers: bedrock:ListFoundationModels and bedrock:ListInferenceProfiles (SYSTEM_DEFINED). */
export interface OfferSource {
  readOffer(region: string, signal?: AbortSignal): Promise<RegionOffer>
}
