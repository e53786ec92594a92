/** A resource of the account that stands for a model. */
export interface ReferencedResource {
  readonly kind:
    | 'inference-profile'
    | 'application-inference-profile'
    | 'provisioned-model'
    | 'imported-model'
    | 'custom-model'
    | 'custom-model-deployment'
  readonly arn: string
  readonly name: string | null
  readonly status: string | null
  /** ARNs of the models behind it as the service gives them; empty for an imported model. */
  readonly modelArns: readonly string[]
  /** ISO 8601. */
  readonly createdAt: string | null
  /** What else the service says of it, as words: `architecture`, `modelUnits`, `commitment`, … */
  readonly details: Readonly<Record<string, string>>
}

/** Looks a resource up in the Region it lives in. `undefined`: it does not exist there. */
export interface ReferenceSource {
  getInferenceProfile(region: string, idOrArn: string, signal?: AbortSignal): Promise<ReferencedResource | undefined>
  getProvisionedModel(region: string, idOrArn: string, signal?: AbortSignal): Promise<ReferencedResource | undefined>
  getImportedModel(region: string, idOrArn: string, signal?: AbortSignal): Promise<ReferencedResource | undefined>
  getCustomModel(region: string, idOrArn: string, signal?: AbortSignal): Promise<ReferencedResource | undefined>
  getCustomModelDeployment(
    region: string,
    idOrArn: string,
    signal?: AbortSignal,
  ): Promise<ReferencedResource | undefined>
  /** Every application profile of the account there: bedrock:ListInferenceProfiles (APPLICATION). */
  listApplicationProfiles(region: string, signal?: AbortSignal): Promise<readonly ReferencedResource[]>
}
