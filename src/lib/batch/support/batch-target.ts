import type {ResolvedReference} from '../../models/references/resolve-base-models.js'

/** What a batch job names as its model. */
export type BatchTarget =
  | {readonly kind: 'model'; readonly modelId: string}
  | {readonly kind: 'profile'; readonly profileId: string; readonly modelId: string}
  | {
      readonly kind: 'application-profile'
      readonly arn: string
      /** Null: not read. */
      readonly modelId: string | null
      /** Whether it was made from the model itself or from a profile of AWS; null: not known. */
      readonly madeFrom: 'model' | 'profile' | null
    }
  | {readonly kind: 'custom-model'; readonly arn: string; readonly baseModelId: string | null}
  | {readonly kind: 'provisioned-model' | 'imported-model' | 'custom-model-deployment'; readonly arn: string}

/** One way to run a job on a model. */
export interface BatchWay {
  /** What the job names. */
  readonly id: string
  readonly route: 'in-region' | 'geo' | 'global'
  readonly region: string
}

/** A text that was understood, as a job would name it. */
export function batchTarget({modelId, reference, resource}: ResolvedReference): BatchTarget {
  switch (reference.kind) {
    case 'model':
      return {kind: 'model', modelId: reference.modelId}
    case 'profile':
      return {kind: 'profile', profileId: reference.profileId, modelId: reference.modelId}
    case 'resource': {
      const {arn} = reference
      switch (reference.resource) {
        case 'application-inference-profile':
          return {kind: 'application-profile', arn, modelId, madeFrom: madeFrom(resource?.modelArns ?? [])}
        case 'custom-model':
          return {kind: 'custom-model', arn, baseModelId: modelId}
        case 'provisioned-model':
        case 'imported-model':
        case 'custom-model-deployment':
          return {kind: reference.resource, arn}
      }
    }
  }
}

/** What leads to one Region was made from the model itself. */
function madeFrom(modelArns: readonly string[]): 'model' | 'profile' | null {
  if (modelArns.length === 0) return null
  return modelArns.length === 1 ? 'model' : 'profile'
}

/** Base model of a target; null where there is none or it was not read. */
export function baseModelOf(target: BatchTarget): string | null {
  switch (target.kind) {
    case 'model':
    case 'profile':
    case 'application-profile':
      return target.modelId
    case 'custom-model':
      return target.baseModelId
    default:
      return null
  }
}

/** What the job names. */
export function nameOfTarget(target: BatchTarget): string {
  switch (target.kind) {
    case 'model':
      return target.modelId
    case 'profile':
      return target.profileId
    default:
      return target.arn
  }
}
