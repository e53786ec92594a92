import {baseModelOf} from '../job-row.js'
import type {CustomizationJob, CustomizationRequest} from '../ports.js'
import {TOKEN_STEM} from './make-request.js'

/** What a job does not tell, or not whole: a digest of another request says that one of them differs. */
const UNTOLD = 'tags, network, key, length of answers, or a hyperparameter that one of them leaves to the service'

/** What a job of the same name was made with that the request has not; nothing where it is the same job. */
export function differences(job: CustomizationJob, request: CustomizationRequest): readonly string[] {
  if (job.clientRequestToken === request.clientRequestToken) return []
  const given = request.reinforcement?.hyperparameters ?? request.hyperparameters
  const told: readonly (readonly [string, unknown, unknown])[] = [
    ['base model', baseModelOf(job.baseModelArn), baseModelOf(request.baseModel)],
    ['type', job.type, request.type],
    ['role', job.roleArn, request.roleArn],
    ['training data', job.trainingUri, request.trainingUri ?? null],
    ['validation data', job.validationUris, request.validationUris],
    ['results', withoutSlash(job.outputUri), withoutSlash(request.outputUri)],
    ['model name', job.modelName, request.modelName],
    ['hyperparameters', job.hyperparameters === null ? null : missing(job.hyperparameters, given), []],
    ['teacher', job.teacher, request.teacher?.modelId ?? null],
    ['grader', job.graderArn, request.reinforcement?.lambdaArn ?? null],
    ['key', job.kmsKeyArn === null, request.modelKmsKeyId === undefined],
  ]
  const others = told
    .filter(([, ours, asked]) => ours !== null && JSON.stringify(ours) !== JSON.stringify(asked))
    .map(([name]) => name)
  return others.length === 0 && job.clientRequestToken?.startsWith(TOKEN_STEM) === true ? [UNTOLD] : others
}

/** The service adds what it takes by itself: only what was given must be there as it was given. */
function missing(
  told: Readonly<Record<string, string>>,
  given: Readonly<Record<string, number | string>>,
): readonly string[] {
  return Object.entries(given)
    .filter(([name, value]) => told[name] === undefined || !sameValue(told[name] ?? '', String(value)))
    .map(([name]) => name)
}

function sameValue(a: string, b: string): boolean {
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b))
}

function withoutSlash(uri: string | null): string | null {
  return uri?.replace(/\/$/, '') ?? null
}
