import {
  BedrockClient,
  type FoundationModelSummary,
  type InferenceProfileSummary,
  ListFoundationModelsCommand,
  paginateListInferenceProfiles,
} from '@aws-sdk/client-bedrock'
import {parseArn} from '../core/arn.js'
import type {OfferedLifecycle, OfferedModel, OfferedProfile, OfferSource} from '../models/offers/offer.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const MODELS = 'bedrock:ListFoundationModels'
const PROFILES = 'bedrock:ListInferenceProfiles'
const PAGE_SIZE = 1000

/** Both listings of a Region at once, folded into one offer. */
export function createOfferSource(wire: Wire, now: () => Date): OfferSource {
  return {
    async readOffer(region, signal) {
      const client = wire.client('bedrock', region, (config) => new BedrockClient(config))
      const [models, profiles] = await Promise.all([
        wire.call('bedrock', {action: MODELS, region}, signal, (abortSignal) =>
          client.send(new ListFoundationModelsCommand({}), {abortSignal}),
        ),
        wire.call('bedrock', {action: PROFILES, region}, signal, (abortSignal) =>
          collectPages(
            paginateListInferenceProfiles({client, pageSize: PAGE_SIZE}, {typeEquals: 'SYSTEM_DEFINED'}, {abortSignal}),
            (page) => page.inferenceProfileSummaries,
            (page) => page.nextToken,
          ),
        ),
      ])
      return {
        region,
        origin: {kind: 'live', region, asOf: now().toISOString(), source: `${MODELS}, ${PROFILES}`},
        models: foldModels(models.modelSummaries ?? []),
        profiles: profiles.flatMap(toProfile),
      }
    },
  }
}

/**
 * One row per model. An id that continues another listed id after a `:` is a context variant of it (`…-v1:0:300k` of
 * `…-v1:0`); one that can be called on demand itself stays a model. Nothing is folded into an id that is not listed.
 */
export function foldModels(summaries: readonly FoundationModelSummary[]): readonly OfferedModel[] {
  const listed = new Set(summaries.map(({modelId}) => modelId))
  const variants = new Map<string, FoundationModelSummary[]>()
  const bases: FoundationModelSummary[] = []
  for (const summary of summaries) {
    const base = isOnDemand(summary) ? undefined : baseOf(summary.modelId ?? '', listed)
    if (base === undefined) bases.push(summary)
    else variants.set(base, [...(variants.get(base) ?? []), summary])
  }
  return bases.map((base) => toModel(base, variants.get(base.modelId ?? '') ?? []))
}

/** The shortest listed id that `id` continues, so that a variant never ends up under another variant. */
function baseOf(id: string, listed: ReadonlySet<string | undefined>): string | undefined {
  for (let colon = id.indexOf(':'); colon !== -1; colon = id.indexOf(':', colon + 1)) {
    const prefix = id.slice(0, colon)
    if (listed.has(prefix)) return prefix
  }
  return undefined
}

function toModel(base: FoundationModelSummary, variants: readonly FoundationModelSummary[]): OfferedModel {
  const all = [base, ...variants]
  return {
    id: base.modelId ?? '',
    name: base.modelName ?? null,
    provider: base.providerName ?? null,
    inRegion: isOnDemand(base),
    provisionedIds: all.filter(isProvisioned).flatMap(({modelId}) => modelId ?? []),
    inputModalities: base.inputModalities ?? null,
    outputModalities: base.outputModalities ?? null,
    streaming: base.responseStreamingSupported ?? null,
    customizations: customizationsOf(all),
    lifecycle: toLifecycle(base),
  }
}

function customizationsOf(all: readonly FoundationModelSummary[]): readonly string[] | null {
  const said = all.filter(({customizationsSupported}) => customizationsSupported !== undefined)
  if (said.length === 0) return null
  return [...new Set<string>(said.flatMap(({customizationsSupported}) => customizationsSupported ?? []))].sort(
    byCodePoint,
  )
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isOnDemand({inferenceTypesSupported}: FoundationModelSummary): boolean {
  return inferenceTypesSupported?.includes('ON_DEMAND') ?? false
}

function isProvisioned({inferenceTypesSupported}: FoundationModelSummary): boolean {
  return inferenceTypesSupported?.includes('PROVISIONED') ?? false
}

function toLifecycle({modelLifecycle}: FoundationModelSummary): OfferedLifecycle {
  return {
    status: modelLifecycle?.status ?? 'UNKNOWN',
    started: day(modelLifecycle?.startOfLifeTime),
    legacy: day(modelLifecycle?.legacyTime),
    extendedAccess: day(modelLifecycle?.publicExtendedAccessTime),
    endOfLife: day(modelLifecycle?.endOfLifeTime),
  }
}

function day(date: Date | undefined): string | null {
  return date === undefined ? null : date.toISOString().slice(0, 10)
}

/** Empty for a profile of several models (a router's) or of none: it is no route to one model. */
export function toProfile(summary: InferenceProfileSummary): readonly OfferedProfile[] {
  const arns = (summary.models ?? []).map(({modelArn}) => parseArn(modelArn ?? ''))
  const known = arns.filter((arn) => arn !== undefined)
  const modelIds = new Set(known.map(({resource}) => resource.replace(/^foundation-model\//, '')))
  const [modelId] = modelIds
  if (summary.inferenceProfileId === undefined || modelId === undefined || modelIds.size > 1) return []
  const global = known.some(({region}) => region === '')
  const complete = known.length === arns.length
  return [
    {
      id: summary.inferenceProfileId,
      name: summary.inferenceProfileName ?? null,
      modelId,
      kind: global ? 'global' : 'geo',
      destinations: global || !complete ? null : [...new Set(known.map(({region}) => region))].sort(byCodePoint),
    },
  ]
}
