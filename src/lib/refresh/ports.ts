/** One applied quota of a Region; null: the service did not say. */
export interface Quota {
  /** L-XXXXXXXX; one code covers every geographic profile of a model. */
  readonly code: string
  readonly name: string
  readonly value: number | null
  readonly unit: string | null
  readonly adjustable: boolean | null
  /** One value for the account, whatever the Region. */
  readonly global: boolean | null
}

export interface QuotaSource {
  /** The applied quotas of Amazon Bedrock: servicequotas:ListServiceQuotas of the service code `bedrock`. */
  listQuotas(region: string, signal?: AbortSignal): Promise<readonly Quota[]>
}

/** The AWS Price List, read through whichever of its few endpoints answers. */
export interface PriceSource {
  /** Service codes that hold Bedrock prices, of those the Price List has: pricing:DescribeServices. */
  listOffers(signal?: AbortSignal): Promise<readonly string[]>
  /** Products of a service code in a Region, as the list shapes them: pricing:GetProducts. */
  listProducts(offer: string, region: string, signal?: AbortSignal): Promise<readonly unknown[]>
}
