import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../../handler.js'
import type {ImportedModel} from '../../../world/import-state.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {conflict, notFound} from '../refusals.js'
import {runningImports, settleAll, siteOf} from './import-jobs.js'

export const importedModels = handlersFor<typeof Bedrock>()({
  async ListImportedModels(input, context) {
    await settleAll(await siteOf(context), context)
    const listed = [...here(context).importedModels.values()].filter(({listedAt}) => listedAt <= context.now())
    const {items, next} = ownPage(listed, input, context)
    return {modelSummaries: items.map(summariseImported), nextToken: next}
  },

  async GetImportedModel({modelIdentifier}, context) {
    const found = await findModel(modelIdentifier, context)
    return {
      ...summariseImported(found),
      jobArn: found.jobArn,
      jobName: found.jobName,
      modelDataSource: {s3DataSource: {s3Uri: found.s3Uri}},
      modelKmsKeyArn: found.kmsKeyArn,
      customModelUnits: {
        customModelUnitsPerModelCopy: found.customModelUnits,
        customModelUnitsVersion: found.customModelUnitsVersion,
      },
    }
  },

  async DeleteImportedModel({modelIdentifier}, context) {
    const found = await findModel(modelIdentifier, context)
    const {importedModels: models, imports, tags} = here(context)
    models.delete(found.arn)
    if (!imports.jobs.has(found.jobArn)) imports.deleted.push(found)
    imports.copies.delete(found.arn)
    tags.delete(found.arn)
    return {}
  },
})

async function findModel(identifier: string, context: RequestContext): Promise<ImportedModel> {
  resourceHere(identifier, context)
  await settleAll(await siteOf(context), context)
  const found = findOwn(here(context).importedModels, identifier)
  if (found) return found
  if (context.operation === 'DeleteImportedModel' && runningImports(context).includes(identifier)) {
    throw conflict(`The imported model ${identifier} is being created.`)
  }
  throw notFound(`The imported model ${identifier} was not found.`)
}

function summariseImported(model: ImportedModel) {
  return {
    modelArn: model.arn,
    modelName: model.name,
    creationTime: new Date(model.createdAt),
    instructSupported: model.instructSupported,
    modelArchitecture: model.architecture,
  }
}
