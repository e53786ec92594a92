import {countTokens} from './bedrock-runtime/count-tokens.js'

export default {...countTokens}
