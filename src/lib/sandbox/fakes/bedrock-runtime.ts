import {countTokens} from './bedrock-runtime/count-tokens.js'
import {guardrailCalls} from './bedrock-runtime/guardrails/apply-guardrail.js'
import {invocations} from './bedrock-runtime/invoke.js'

export default {...countTokens, ...guardrailCalls, ...invocations}
