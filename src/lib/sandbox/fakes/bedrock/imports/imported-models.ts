import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../../handler.js'
import type {ImportedModel} from '../../../world/state.js'
import {findOwn, ownPage} from '../own-lists.js'
import {here, resourceHere} from '../place.js'
import {notFound} from '../refusals.js'

export const importedModels = handlersFor<typeof Bedrock>()({
  ListImportedModels(input, context) {
    const {items, next} = ownPage(here(context).importedModels.values(), input, context)
    return {modelSummaries: items.map(summariseImported), nextToken: next}
  },

  GetImportedModel({modelIdentifier}, context) {
    resourceHere(modelIdentifier, context)
    const found = findOwn(here(context).importedModels, modelIdentifier)
    if (!found) throw notFound(`The imported model ${modelIdentifier} was not found.`)
    return {
      ...summariseImported(found),
      jobArn: found.jobArn,
      jobName: found.jobName,
      modelDataSource: {s3DataSource: {s3Uri: found.s3Uri}},
      modelKmsKeyArn: found.kmsKeyArn,
      customModelUnits: {customModelUnitsPerModelCopy: found.customModelUnits, customModelUnitsVersion: 'v1.0'},
    }
  },
})

function summariseImported(model: ImportedModel) {
  return {
    modelArn: model.arn,
    modelName: model.name,
    creationTime: new Date(model.createdAt),
    instructSupported: model.instructSupported,
    modelArchitecture: model.architecture,
  }
}
