import {access} from './bedrock/access.js'
import {batchJobs} from './bedrock/batch-jobs.js'
import {enforcement} from './bedrock/enforcement.js'
import {evaluations} from './bedrock/evaluations.js'
import {guardrails} from './bedrock/guardrails.js'
import {marketplaceEndpoints} from './bedrock/marketplace-endpoints.js'
import {modelJobs} from './bedrock/model-jobs.js'
import {models} from './bedrock/models.js'
import {ownModels} from './bedrock/own-models.js'
import {profiles} from './bedrock/profiles.js'
import {routers} from './bedrock/routers.js'
import {settings} from './bedrock/settings.js'
import {tagging} from './bedrock/tags.js'

export default {
  ...models,
  ...profiles,
  ...tagging,
  ...access,
  ...settings,
  ...ownModels,
  ...guardrails,
  ...enforcement,
  ...modelJobs,
  ...marketplaceEndpoints,
  ...batchJobs,
  ...evaluations,
  ...routers,
}
