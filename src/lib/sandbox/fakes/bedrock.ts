import {access} from './bedrock/access.js'
import {models} from './bedrock/models.js'
import {ownModels} from './bedrock/own-models.js'
import {profiles} from './bedrock/profiles.js'
import {settings} from './bedrock/settings.js'
import {tagging} from './bedrock/tags.js'

export default {...models, ...profiles, ...tagging, ...access, ...settings, ...ownModels}
