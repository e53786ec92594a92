// IAM actions behind the reads that commands share, so that each command's list is made of what it really does.

/** Reading what a Region offers. */
export const OFFER_ACTIONS = ['bedrock:ListFoundationModels', 'bedrock:ListInferenceProfiles'] as const

/** Reading which Regions the account has enabled; EC2 is asked where the first is denied. */
export const REGION_ACTIONS = ['account:ListRegions', 'ec2:DescribeRegions'] as const

/** Reading whether the account may use a model. */
export const ACCESS_ACTIONS = [
  'bedrock:GetAccountDataRetention',
  'bedrock:GetFoundationModelAvailability',
  'bedrock:GetUseCaseForModelAccess',
] as const

/** Looking up what an ARN of the account stands for. */
export const REFERENCE_ACTIONS = [
  'bedrock:GetCustomModel',
  'bedrock:GetCustomModelDeployment',
  'bedrock:GetImportedModel',
  'bedrock:GetInferenceProfile',
  'bedrock:GetProvisionedModelThroughput',
] as const

/** Several lists as one, sorted, each action once. */
export function actions(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort()
}

/** Names of actions, parted by spaces, by the prefix of their service. */
export type ActionNames = Readonly<Record<string, string>>

/** As full actions, sorted. */
export function actionsByPrefix(names: ActionNames): readonly string[] {
  return Object.entries(names)
    .flatMap(([prefix, all]) => all.split(' ').map((name) => `${prefix}:${name}`))
    .sort()
}

/** Reading the Price List, and learning in whose partition. */
export const PRICE_ACTIONS: readonly string[] = [
  'pricing:DescribeServices',
  'pricing:GetProducts',
  'sts:GetCallerIdentity',
]
