/** A block of Converse content as JSON has it: bytes are base64 text. */
export type ContentPart = Readonly<Record<string, unknown>>

export interface CountableMessage {
  readonly role: 'user' | 'assistant'
  readonly content: readonly ContentPart[]
}

/** A prompt in the form of Converse. */
export interface ConversePrompt {
  readonly kind: 'converse'
  readonly messages: readonly CountableMessage[]
  readonly system?: readonly ContentPart[] | undefined
  readonly toolConfig?: ContentPart | undefined
}

/** A prompt in the form of the model itself, as InvokeModel and batch records have it. */
export interface InvokePrompt {
  readonly kind: 'invoke'
  readonly body: Readonly<Record<string, unknown>>
}

export type CountableInput = ConversePrompt | InvokePrompt

export interface TokenCounter {
  /**
   * Input tokens as the model is billed for them: bedrock:CountTokens, which costs nothing. `modelId` is that of the
   * foundation model: Bedrock refuses profiles, though the model may count.
   */
  countTokens(region: string, modelId: string, input: CountableInput, signal?: AbortSignal): Promise<number>
}
