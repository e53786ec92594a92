import {manyOf} from '../core/text.js'

/** One thing that is billed by its count. */
export interface Meter {
  /** How many of it a price is for. */
  readonly per: number
  /** What is counted, singular. */
  readonly noun: string
  /** What a price is for: `1M tokens`, `1,000 text units`, `image`. */
  readonly unit: string
}

const one = (noun: string, unit = noun): Meter => ({per: 1, noun, unit})
const thousand = (noun: string): Meter => ({per: 1000, noun, unit: `1,000 ${manyOf(noun)}`})
const million = (noun: string): Meter => ({per: 1_000_000, noun, unit: `1M ${manyOf(noun)}`})

/**
 * Everything that Bedrock bills by, and what stands beside it in a bill. `tokens` is the one meter with five prices: a
 * row of it has input, output, cache reads and both cache writes; a row of any other has the price of its unit.
 */
export const METERS = {
  tokens: million('token'),
  'speech-input-tokens': million('speech token'),
  'speech-output-tokens': million('speech token'),
  'image-input-tokens': million('image token'),
  'image-output-tokens': million('image token'),
  'audio-input-tokens': million('audio token'),
  'video-input-tokens': million('video token'),
  'generated-image': one('image', 'generated image'),
  'input-image': one('image', 'input image'),
  'generated-video-second': one('second', 'second of generated video'),
  'input-video-second': one('second', 'second of video input'),
  'input-audio-second': one('second', 'second of audio input'),
  'search-unit': thousand('query'),
  'web-search': {per: 1000, noun: 'search', unit: '1,000 web searches'},
  'training-tokens': million('training token'),
  'training-hour': one('hour', 'hour of training'),
  'custom-model-storage': one('model-month', 'custom model stored for a month'),
  'model-unit-hour': one('model unit hour'),
  'reserved-input-tpm': one('1K TPM hour', 'hour of 1K input tokens per minute'),
  'reserved-output-tpm': one('1K TPM hour', 'hour of 1K output tokens per minute'),
  'custom-model-unit-minute': one('Custom Model Unit minute'),
  'custom-model-unit-storage': one('Custom Model Unit month', 'Custom Model Unit stored for a month'),
  'guardrail-text-unit': thousand('text unit'),
  'guardrail-image': one('image', 'image checked'),
  'knowledge-base-storage': one('GB-month', 'GB-month of index'),
  'knowledge-base-retrieval': thousand('retrieval'),
  'knowledge-base-agentic-retrieval': thousand('agentic retrieval'),
  'flow-transition': thousand('node transition'),
  'data-automation-page': one('page'),
  'data-automation-image': one('image', 'image analysed'),
  'data-automation-minute': one('minute', 'minute of audio or video analysed'),
  'prompt-routing-request': thousand('request'),
  'human-evaluation-task': one('task', 'human evaluation task'),
  'agentcore-vcpu-hour': one('vCPU-hour'),
  'agentcore-gb-hour': one('GB-hour'),
  'agentcore-invocation': thousand('invocation'),
  'agentcore-memory-event': thousand('memory event'),
  'agentcore-memory-record': thousand('memory record-month'),
  'agentcore-memory-retrieval': thousand('memory retrieval'),
  'agentcore-tool-month': thousand('tool-month'),
  'agentcore-evaluation': thousand('evaluation'),
  'vector-compute-hour': one('unit hour', 'hour of a vector store’s compute unit'),
  'vector-storage': one('GB-month', 'GB-month of vectors'),
  'vector-query': million('query'),
  'log-ingestion': one('GB', 'GB of logs'),
  'gpu-hour': one('GPU hour'),
} as const satisfies Readonly<Record<string, Meter>>

export type MeterId = keyof typeof METERS

export const METER_IDS = Object.keys(METERS) as readonly MeterId[]

export function isMeterId(text: string): text is MeterId {
  return Object.hasOwn(METERS, text)
}

/** What is billed beside models; a price of it has its id where others have the model. */
export const BILLED_SERVICES = {
  agentcore: 'AgentCore',
  'aurora-postgresql': 'Aurora PostgreSQL',
  'cloudwatch-logs': 'CloudWatch Logs',
  'custom-model-import': 'Custom Model Import',
  'data-automation': 'Data Automation',
  evaluations: 'Model evaluation',
  flows: 'Flows',
  guardrails: 'Guardrails',
  'knowledge-bases': 'Knowledge Bases',
  'opensearch-serverless': 'OpenSearch Serverless',
  'prompt-routing': 'Intelligent Prompt Routing',
  's3-vectors': 'S3 Vectors',
  'web-search': 'Web search',
} as const satisfies Readonly<Record<string, string>>
