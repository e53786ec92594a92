/** One thing that answers, as `--target` names it. */
export type Target = BedrockTarget | OwnModelTarget | OpenAiTarget | OllamaTarget

export type BedrockApi = 'converse' | 'invoke' | 'mantle-chat' | 'mantle-responses' | 'mantle-messages'
export type ServiceTier = 'default' | 'priority' | 'flex' | 'reserved'

/** `bedrock:<model or profile>[@Region][?api=…&tier=…&latency=optimized]`; `api=mantle` picks chat, responses or messages by the model. */
export interface BedrockTarget {
  readonly kind: 'bedrock'
  readonly modelId: string
  /** undefined in a plan: the Region of the command. */
  readonly region: string | undefined
  readonly api: BedrockApi
  readonly tier: ServiceTier
  readonly latency: 'standard' | 'optimized'
}

/** `imported:<arn>` and `provisioned:<arn>` (custom model deployments too). */
export interface OwnModelTarget {
  readonly kind: 'imported' | 'provisioned'
  readonly arn: string
  readonly region: string
  readonly api: 'converse' | 'invoke'
}

/** `openai:<base-url>[#model]`; without a model the only one of GET {base}/models. */
export interface OpenAiTarget {
  readonly kind: 'openai'
  /** Ends without a slash; `/v1` is added where the URL has no path. */
  readonly baseUrl: string
  readonly model: string | undefined
}

/** `ollama:<url>#model`. */
export interface OllamaTarget {
  readonly kind: 'ollama'
  /** Ends without a slash. */
  readonly url: string
  readonly model: string
}
