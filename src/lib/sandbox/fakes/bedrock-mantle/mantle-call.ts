import type {FrameStream} from '../../streams/frame-stream.js'
import type {Body} from '../bedrock/answers/family.js'
import {PATHS} from './mantle-models.js'

/** A request to the endpoint bedrock-mantle. */
export interface MantleInput {
  readonly path: string
  /** Its JSON; `undefined` where it has none. */
  readonly body: unknown
}

export type MantleAnswer =
  | {readonly json: Body}
  /** Server-sent events, and the last one of a stream that fails. */
  | {readonly stream: FrameStream; readonly failure: (error: Error) => Buffer}

export const MODELS_PATH = '/v1/models'
const COUNT_PATH = '/anthropic/v1/messages/count_tokens'

/** The IAM action of a request, which is what the operation is called here; `undefined`: there is no such path. */
export function mantleOperation(method: string, path: string): string | undefined {
  if (method === 'GET' && path === MODELS_PATH) return 'ListModels'
  if (method === 'GET' && path.startsWith(`${MODELS_PATH}/`)) return 'GetModel'
  if (method !== 'POST') return undefined
  return path === COUNT_PATH ? 'CountTokens' : path in PATHS ? 'CreateInference' : undefined
}
