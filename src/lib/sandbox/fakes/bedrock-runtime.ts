import {countTokens} from './bedrock-runtime/count-tokens.js'
import {invocations} from './bedrock-runtime/invoke.js'

export default {...countTokens, ...invocations}
