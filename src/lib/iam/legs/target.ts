/** What a call names as its model, as plain facts: nothing is read out of the form of an id. */
export type CallTarget =
  | SystemTarget
  | {
      readonly kind: 'application-profile'
      /** The 12 characters at the end of its ARN. */
      readonly id: string
      /** What it was made from; null when not known. */
      readonly copies: SystemTarget | null
      /** All of its tags; absent when they were not read. */
      readonly tags?: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'own-model'
      readonly type: 'provisioned-model' | 'imported-model' | 'custom-model-deployment'
      readonly id: string
      readonly tags?: Readonly<Record<string, string>>
    }

export type SystemTarget =
  | {readonly kind: 'model'; readonly modelId: string}
  | {
      readonly kind: 'geographic-profile'
      readonly profileId: string
      readonly modelId: string
      /** As GetInferenceProfile in the Region called gives them; null when not known. */
      readonly destinations: readonly string[] | null
    }
  | {readonly kind: 'global-profile'; readonly profileId: string; readonly modelId: string}

export interface GuardrailUse {
  readonly id: string
  /** A number, or `DRAFT`. */
  readonly version: string
  /** The guardrail profile it routes through; null: none, undefined: not known. */
  readonly profile?: {readonly id: string; readonly destinations: readonly string[] | null} | null
}
