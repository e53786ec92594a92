import {parseArn} from '../../../../core/arn.js'
import type {RequestContext} from '../../../handler.js'
import type {ImportedModel} from '../../../world/import-state.js'
import {settleAll, siteOf} from '../../bedrock/imports/import-jobs.js'
import {UNKNOWN} from '../countable-model.js'
import {denied, invalid} from '../refusals.js'

/**
 * The model of the ARN of an imported model; `undefined` for any other id: no name or bare id is documented. Callers
 * need GetImportedModel besides InvokeModel, and the key of a model that is kept under one.
 */
export async function findImported(modelId: string, context: RequestContext): Promise<ImportedModel | undefined> {
  if (!parseArn(modelId)?.resource.startsWith('imported-model/')) return undefined
  const {world, account, accessKeyId, region} = context
  await settleAll(await siteOf(context), context)
  const found = world.regional(account, region).importedModels.get(modelId)
  if (!found) throw invalid(UNKNOWN)
  const needed = ['bedrock:GetImportedModel', ...(found.kmsKeyArn === undefined ? [] : ['kms:Decrypt'])]
  for (const action of needed) {
    const refusal = world.authorise({account, accessKeyId, action, region})
    if (refusal !== undefined) throw denied(refusal)
  }
  return found
}
