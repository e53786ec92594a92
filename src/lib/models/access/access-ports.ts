/** bedrock:GetFoundationModelAvailability for one model in one Region. Words are AWS's, and open. */
export interface ModelAccessState {
  /** AVAILABLE, PENDING, NOT_AVAILABLE or ERROR: the Marketplace agreement of the account. */
  readonly agreement: string
  readonly agreementError: string | null
  /** AUTHORIZED or NOT_AUTHORIZED: the caller. */
  readonly authorization: string
  /** AVAILABLE or NOT_AVAILABLE: the account. */
  readonly entitlement: string
  /** AVAILABLE or NOT_AVAILABLE: the Region. */
  readonly region: string
}

export interface AgreementOffer {
  readonly offerId: string | null
  readonly offerToken: string
  readonly termsUrl: string | null
  readonly refundPolicy: string | null
  readonly duration: string | null
  /** Prices as the offer words them. */
  readonly rates: readonly {
    readonly dimension: string | null
    readonly price: string | null
    readonly unit: string | null
    readonly description: string | null
  }[]
}

/** `none` < `default` < `aws_review` < `provider_data_share`; `inherit` has no opinion. Open. */
export type DataRetentionMode = string

export interface AccessSource {
  readAccess(region: string, modelId: string, signal?: AbortSignal): Promise<ModelAccessState>
  /** bedrock:GetAccountDataRetention: per account and Region. */
  readDataRetention(region: string, signal?: AbortSignal): Promise<DataRetentionMode>
  /** bedrock:GetUseCaseForModelAccess: whether the first-use form of Anthropic models was submitted. Never its content. */
  hasUseCaseForm(region: string, signal?: AbortSignal): Promise<boolean>
  /** bedrock:ListFoundationModelAgreementOffers; empty when the model is not sold through AWS Marketplace. */
  listAgreementOffers(region: string, modelId: string, signal?: AbortSignal): Promise<readonly AgreementOffer[]>
  /** bedrock:CreateFoundationModelAgreement. */
  acceptAgreement(region: string, modelId: string, offerToken: string, signal?: AbortSignal): Promise<void>
}
