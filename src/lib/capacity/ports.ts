export interface ProvisionedThroughput {
  readonly arn: string
  readonly id: string
  readonly region: string
  readonly name: string
  /** Creating, InService, Updating, Failed; a newer state comes through. */
  readonly state: string
  readonly modelUnits: number
  readonly desiredModelUnits: number
  readonly modelArn: string
  readonly desiredModelArn: string
  readonly foundationModelArn: string
  readonly commitment: 'OneMonth' | 'SixMonths' | null
  /** ISO 8601; before that it cannot be deleted. */
  readonly commitmentEndsAt: string | null
  readonly createdAt: string
  readonly message: string | null
}

export interface ProvisionedRequest {
  readonly name: string
  readonly clientRequestToken: string
  readonly modelId: string
  readonly modelUnits: number
  readonly commitment: 'OneMonth' | 'SixMonths' | null
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** On-demand deployment of a custom model. */
export interface Deployment {
  readonly arn: string
  readonly id: string
  readonly region: string
  readonly name: string
  /** Creating, Active, Failed. */
  readonly state: string
  readonly modelArn: string
  readonly update: {readonly modelArn: string; readonly state: string} | null
  readonly description: string | null
  readonly createdAt: string
  readonly message: string | null
}

export interface DeploymentRequest {
  readonly name: string
  readonly modelArn: string
  readonly clientRequestToken: string
  readonly description?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** Capacity that an account holds. Failures come out as ours; what is not there is `undefined`. */
export interface CapacitySource {
  provisioned(region: string, signal?: AbortSignal): Promise<readonly ProvisionedThroughput[]>
  provisionedOne(region: string, identifier: string, signal?: AbortSignal): Promise<ProvisionedThroughput | undefined>
  createProvisioned(region: string, request: ProvisionedRequest, signal?: AbortSignal): Promise<string>
  updateProvisioned(
    region: string,
    identifier: string,
    change: {readonly name?: string | undefined; readonly modelId?: string | undefined},
    signal?: AbortSignal,
  ): Promise<void>
  removeProvisioned(region: string, identifier: string, signal?: AbortSignal): Promise<boolean>
  deployments(region: string, signal?: AbortSignal): Promise<readonly Deployment[]>
  deployment(region: string, identifier: string, signal?: AbortSignal): Promise<Deployment | undefined>
  createDeployment(region: string, request: DeploymentRequest, signal?: AbortSignal): Promise<string>
  updateDeployment(region: string, identifier: string, modelArn: string, signal?: AbortSignal): Promise<void>
  removeDeployment(region: string, identifier: string, signal?: AbortSignal): Promise<boolean>
}
