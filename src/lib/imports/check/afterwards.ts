import type {ImportArchitecture} from '../../catalog/custom-models.schema.js'
import type {Afterwards} from './import-check.schema.js'

/**
 * What works with an imported model, by its family and whether it has a chat template. Source: Amazon Bedrock User
 * Guide, Custom Model Import (2026-10); where its pages disagree the answer is unknown.
 */
export function afterwardsOf(
  architecture: ImportArchitecture | undefined,
  hasTemplate: boolean,
): readonly Afterwards[] {
  return [
    {
      what: 'InvokeModel',
      works: 'yes',
      said: 'with a body of the family, or of OpenAI for models imported since 11 November 2025',
    },
    converseOf(architecture, hasTemplate),
    chatOf(architecture, hasTemplate),
    ...(architecture?.multimodal === true
      ? [{what: 'images', works: 'yes', said: 'in chat requests only, in base64, three at most'} as const]
      : []),
    {
      what: 'tool calls',
      works: architecture?.modelType === 'gpt_oss' ? 'yes' : 'no',
      said: 'of imports only GPT-OSS calls tools',
    },
    {what: 'batch inference', works: 'no', said: 'not of imported models'},
    {what: 'provisioned throughput', works: 'no', said: 'copies come and go with the calls'},
    {
      what: 'other Regions',
      works: 'no',
      said: 'no inference profile has imports, and none is copied: import it again there',
    },
    {what: 'CloudFormation', works: 'no', said: 'no resource makes an import'},
    {what: 'prompt caching, CountTokens, service tiers', works: 'unknown', said: 'not documented of imported models'},
  ]
}

function converseOf(architecture: ImportArchitecture | undefined, hasTemplate: boolean): Afterwards {
  const what = 'Converse'
  const truth = 'after the import instructSupported of GetImportedModel says it for certain'
  if (architecture === undefined || architecture.converse === null) {
    return {what, works: 'unknown', said: `AWS says nothing of this family; ${truth}`}
  }
  if (!architecture.converse) return {what, works: 'no', said: `not with ${architecture.name}`}
  return hasTemplate
    ? {what, works: 'yes', said: `with ${architecture.name} and its chat template; ${truth}`}
    : {what, works: 'no', said: 'without a chat template'}
}

function chatOf(architecture: ImportArchitecture | undefined, hasTemplate: boolean): Afterwards {
  const what = 'chat requests (OpenAI messages)'
  if (architecture === undefined) return {what, works: 'unknown', said: 'the family is not in AWS’s list'}
  return hasTemplate
    ? {what, works: 'yes', said: 'with the chat template of the model'}
    : {what, works: 'no', said: 'no default stands in for a chat template'}
}
