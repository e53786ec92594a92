import * as Flags from '@oclif/core/flags'

/** Flags of commands that judge calls with the policies of an account. */
export const callFlags = {
  from: Flags.string({description: 'Region the call is sent from; the configured Region unless given'}),
  route: Flags.option({options: ['in-region', 'geo', 'global'] as const})({
    description: 'how the model is reached',
  }),
  guardrail: Flags.string({
    description: 'guardrail named by the call: id, ARN or name; the newest version unless given',
    helpValue: 'ID[:VERSION]',
  }),
  vpce: Flags.string({description: 'VPC endpoint the call passes; its policy counts', helpValue: 'ID'}),
  streaming: Flags.boolean({description: 'judge the streamed call, which is an action of its own', default: false}),
  context: Flags.string({
    description: 'condition key the call carries, repeatable; nothing after the sign: it does not carry it',
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  snapshot: Flags.string({description: 'judge this saved snapshot and make no call', helpValue: 'FILE'}),
} as const

/** IAM actions of the reads behind them. */
export const CALL_READ_ACTIONS = [
  'account:ListRegions',
  'bedrock:GetGuardrail',
  'bedrock:GetImportedModel',
  'bedrock:GetResourcePolicy',
  'bedrock:ListCustomModelDeployments',
  'bedrock:ListEnforcedGuardrailsConfiguration',
  'bedrock:ListFoundationModels',
  'bedrock:ListGuardrails',
  'bedrock:ListImportedModels',
  'bedrock:ListInferenceProfiles',
  'bedrock:ListProvisionedModelThroughputs',
  'bedrock:ListTagsForResource',
  'ec2:DescribeRegions',
  'ec2:DescribeVpcEndpoints',
  'iam:GetAccountAuthorizationDetails',
  'organizations:DescribeEffectivePolicy',
  'organizations:DescribeOrganization',
  'organizations:DescribePolicy',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListPolicies',
  'organizations:ListRoots',
  'organizations:ListTargetsForPolicy',
  'sts:GetCallerIdentity',
] as const
