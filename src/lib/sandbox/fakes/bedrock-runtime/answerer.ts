import type {ConverseCommandInput} from '@aws-sdk/client-bedrock-runtime'
import type {Body, Family} from '../bedrock/answers/family.js'

/** What answers for the model of a call. */
export interface Answerer {
  readonly id: string
  /** Converse is open to it. */
  readonly chat: boolean
  /** Its answers may be streamed. */
  readonly streams: boolean
  /** How a body of InvokeModel is judged and answered. */
  family(body: Body): Family
  /** What of a Converse request it cannot do. */
  refusal?(request: Omit<ConverseCommandInput, 'modelId'>): string | undefined
  /** Throws while it is not ready. */
  begin?(): void
}
