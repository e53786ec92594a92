import type {CallTarget} from '../../iam/legs/target.js'
import type {BatchTarget} from '../support/batch-target.js'

/** What IAM checks of a job: as the account lists it, else as far as what was typed says; undefined for other models. */
export function targetFor(target: BatchTarget, listed: CallTarget | undefined): CallTarget | undefined {
  if (listed !== undefined) return listed
  switch (target.kind) {
    case 'model':
      return {kind: 'model', modelId: target.modelId}
    case 'profile':
      return target.profileId.startsWith('global.')
        ? {kind: 'global-profile', profileId: target.profileId, modelId: target.modelId}
        : {kind: 'geographic-profile', profileId: target.profileId, modelId: target.modelId, destinations: null}
    case 'application-profile':
      return {kind: 'application-profile', id: target.arn.slice(target.arn.lastIndexOf('/') + 1), copies: null}
    default:
      return undefined
  }
}
