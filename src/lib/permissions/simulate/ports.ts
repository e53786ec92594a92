/** One question to the policy simulator of AWS. */
export interface SimulationQuestion {
  readonly principalArn: string
  readonly action: string
  readonly resource: string
  readonly context: readonly {readonly key: string; readonly values: readonly string[]}[]
}

export interface SimulationAnswer {
  /** Null: it gave none, or one that is not known here. */
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny' | null
  /** What the control policies say without their conditions; null: they have no say. */
  readonly allowedByOrganizations: boolean | null
}

/** iam:SimulatePrincipalPolicy. */
export interface PolicySimulator {
  simulate(question: SimulationQuestion, signal?: AbortSignal): Promise<SimulationAnswer>
}
