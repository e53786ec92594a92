import type {AccessFacts} from '../../jobs/preflight/decide-access.js'
import {formatS3Uri} from '../../jobs/s3-uri.js'
import type {PreflightQuestion} from './preflight-question.js'

/** Prints the policies that caller and role of these jobs need. */
export function generateCommand(question: PreflightQuestion, {roleArn}: Pick<AccessFacts, 'roleArn'>): string {
  const {baseModelId, kmsKey, modelId, place, results, staging, target} = question
  const model = target === undefined || target.kind === 'application-profile' ? baseModelId : modelId
  return [
    'bedrockctl iam generate --workload batch',
    `--model ${model} --from ${place.region}`,
    `--read-from ${formatS3Uri(staging)} --write-to ${formatS3Uri(results)}`,
    ...(kmsKey === null ? [] : [`--kms-key ${kmsKey}`]),
    `--role-name ${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`,
  ].join(' ')
}
