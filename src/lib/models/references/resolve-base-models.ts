import type {Catalog} from '../../catalog/catalog.js'
import {findModel} from '../../catalog/model-lookup.js'
import {parseArn} from '../../core/arn.js'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {RegionOffer} from '../offers/offer.js'
import {type ModelReference, parseModelReference, type ResourceKind} from './model-reference.js'
import type {ReferencedResource, ReferenceSource} from './reference-ports.js'

export interface ResolveFacts {
  readonly catalog: Catalog
  readonly offers: readonly RegionOffer[]
  /** Undefined offline: then a resource of an account cannot be looked up. */
  readonly references: ReferenceSource | undefined
}

/** A text, understood down to the base model. */
export interface ResolvedReference {
  readonly reference: ModelReference
  /** Null for an imported model, which has none. */
  readonly modelId: string | null
  /** The account resource behind the text, when there is one. */
  readonly resource: ReferencedResource | null
}

/** Understands a text, looking an account resource up in its own Region when it names one. */
export async function resolveReference(
  text: string,
  facts: ResolveFacts,
  signal?: AbortSignal,
): Promise<ResolvedReference> {
  const reference = await parseModelReference(text, facts)
  if (reference.kind !== 'resource') return {reference, modelId: reference.modelId, resource: null}
  const {references} = facts
  if (!references) {
    throw usageError('NEEDS_ACCOUNT', `What "${reference.arn}" stands for is known only to its account.`, {
      why: 'This run is offline.',
      hint: 'Run it again without --offline, or name the base model.',
    })
  }
  const resource = await lookUp(reference.resource, reference.region, reference.arn, references, signal)
  if (!resource) {
    throw usageError('NOT_FOUND', `There is no ${reference.resource} "${reference.arn}".`, {
      why: `${reference.region} of account ${reference.account} does not know it.`,
      hint: 'Check the account of your credentials: bedrockctl doctor',
    })
  }
  return {reference, modelId: await baseModelOf(resource, facts), resource}
}

/** Base models of several texts; every text that cannot be understood is named at once. */
export async function resolveBaseModels(
  texts: readonly string[],
  facts: ResolveFacts,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const outcomes = await Promise.allSettled(texts.map((text) => resolveReference(text, facts, signal)))
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  const [first] = failures
  if (failures.length === 1 || (first !== undefined && !(first instanceof BedrockctlError))) throw first
  if (failures.length > 1) throw severalFailures(failures)
  const ids = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const imported = ids.find(({modelId}) => modelId === null)
  if (imported) {
    throw usageError('IMPORTED_MODEL', 'An imported model has no base model to answer for.', {
      why: `${imported.resource?.arn ?? 'It'} runs only in the Region it was imported to.`,
      hint: `bedrockctl models show ${imported.resource?.arn ?? ''}`.trim(),
    })
  }
  return [...new Set(ids.flatMap(({modelId}) => modelId ?? []))]
}

function severalFailures(failures: readonly unknown[]): BedrockctlError {
  const lines = failures.map((failure) =>
    failure instanceof BedrockctlError ? [failure.message, failure.why].filter(Boolean).join(' ') : String(failure),
  )
  return usageError('UNKNOWN_MODEL', lines.join('\n'), {hint: 'List what there is: bedrockctl models list --offline'})
}

function lookUp(
  kind: ResourceKind,
  region: string,
  arn: string,
  references: ReferenceSource,
  signal: AbortSignal | undefined,
): Promise<ReferencedResource | undefined> {
  switch (kind) {
    case 'application-inference-profile':
      return references.getInferenceProfile(region, arn, signal)
    case 'provisioned-model':
      return references.getProvisionedModel(region, arn, signal)
    case 'imported-model':
      return references.getImportedModel(region, arn, signal)
    case 'custom-model':
      return references.getCustomModel(region, arn, signal)
    case 'custom-model-deployment':
      return references.getCustomModelDeployment(region, arn, signal)
  }
}

/** The foundation model behind a resource, through as many hops as its ARNs take. */
async function baseModelOf(resource: ReferencedResource, facts: ResolveFacts, hops = 3): Promise<string | null> {
  for (const text of resource.modelArns) {
    const arn = parseArn(text)
    if (!arn) continue
    const [type = '', ...rest] = arn.resource.split('/')
    if (type === 'foundation-model') return findModel(facts.catalog, rest.join('/'))?.model.id ?? rest.join('/')
    const kind = RESOURCE_TYPES[type]
    if (!kind || hops === 0 || !facts.references) continue
    const next = await lookUp(kind, arn.region, text, facts.references, undefined)
    if (next) return baseModelOf(next, facts, hops - 1)
  }
  return null
}

const RESOURCE_TYPES: Readonly<Record<string, ResourceKind>> = {
  'custom-model': 'custom-model',
  'custom-model-deployment': 'custom-model-deployment',
  'provisioned-model': 'provisioned-model',
  'application-inference-profile': 'application-inference-profile',
}
