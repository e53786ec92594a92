import {access} from './bedrock/access.js'
import {batchJobs} from './bedrock/batch-jobs.js'
import {copyJobs} from './bedrock/copy-jobs.js'
import {customModels} from './bedrock/custom-models/custom-models.js'
import {customizationJobs} from './bedrock/customizations/customization-jobs.js'
import {deployments} from './bedrock/deployments/deployments.js'
import {enforcement} from './bedrock/enforcement.js'
import {evaluations} from './bedrock/evaluations.js'
import {guardrails} from './bedrock/guardrails.js'
import {importJobs} from './bedrock/imports/import-jobs.js'
import {importedModels} from './bedrock/imports/imported-models.js'
import {marketplaceEndpoints} from './bedrock/marketplace-endpoints.js'
import {models} from './bedrock/models.js'
import {profiles} from './bedrock/profiles.js'
import {provisionedModels} from './bedrock/provisioned/provisioned-models.js'
import {routers} from './bedrock/routers.js'
import {settings} from './bedrock/settings.js'
import {tagging} from './bedrock/tags.js'

export default {
  ...models,
  ...profiles,
  ...tagging,
  ...access,
  ...settings,
  ...provisionedModels,
  ...importedModels,
  ...customModels,
  ...deployments,
  ...guardrails,
  ...enforcement,
  ...importJobs,
  ...customizationJobs,
  ...copyJobs,
  ...marketplaceEndpoints,
  ...batchJobs,
  ...evaluations,
  ...routers,
}
