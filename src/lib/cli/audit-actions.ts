// What the focused audits look at beside their checks, and the IAM actions behind all of it, spelt out because a
// command's class loads nothing to be described. A test holds them against the checks.
import {type ActionNames, actionsByPrefix} from './permissions.js'

/** What the matrix of `audit endpoints` looks at beyond the checks. */
export const ENDPOINT_READS = [
  'ec2:vpcs',
  'ec2:vpc-endpoints',
  'ec2:vpc-endpoint-services',
  'ec2:subnets',
  'ec2:security-groups',
  'route53:vpc-hosted-zones',
  'cloudtrail:bedrock-events',
  'cloudwatch:bedrock-usage',
] as const

/** What the matrix of `audit iam` looks at beyond the checks. */
export const IAM_READS = [
  'iam:authorization-details',
  'organizations:organization',
  'organizations:tree',
  'organizations:policies',
  'bedrock:foundation-models',
  'bedrock:inference-profiles',
  'bedrock:provisioned-throughputs',
  'bedrock:custom-model-deployments',
  'bedrock:imported-models',
  'cloudwatch:bedrock-usage',
  'cloudtrail:bedrock-events',
] as const

/** Who asks, and in which Regions. */
const ALWAYS: ActionNames = {account: 'ListRegions', sts: 'GetCallerIdentity'}

/** Everything that `audit endpoints` may call. */
export const ENDPOINT_ACTIONS = actionsByPrefix({
  ...ALWAYS,
  bedrock:
    'GetGuardrail GetImportedModel GetResourcePolicy ListCustomModelDeployments ListFoundationModels ListGuardrails ListImportedModels ListInferenceProfiles ListProvisionedModelThroughputs ListTagsForResource',
  cloudtrail: 'LookupEvents',
  cloudwatch: 'GetMetricData ListMetrics',
  ec2: 'DescribeManagedPrefixLists DescribeNetworkInterfaces DescribeRegions DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcs GetManagedPrefixListEntries',
  iam: 'GetAccountAuthorizationDetails',
  organizations:
    'DescribeOrganization DescribePolicy ListAccountsForParent ListOrganizationalUnitsForParent ListPolicies ListRoots ListTargetsForPolicy',
  route53: 'ListHostedZonesByVPC ListResourceRecordSets',
})

/** Everything that `audit iam` may call. */
export const IAM_ACTIONS = actionsByPrefix({
  ...ALWAYS,
  'bedrock-agentcore':
    'GetAgentRuntime GetBrowser GetCodeInterpreter GetGateway GetResourcePolicy ListAgentRuntimeEndpoints ListAgentRuntimes ListBrowsers ListCodeInterpreters ListGatewayTargets ListGateways',
  bedrock:
    'GetCustomModel GetDataSource GetGuardrail GetImportedModel GetKnowledgeBase GetModelInvocationLoggingConfiguration GetResourcePolicy ListCustomModelDeployments ListCustomModels ListDataSources ListEnforcedGuardrailsConfiguration ListFoundationModels ListGuardrails ListImportedModels ListInferenceProfiles ListIngestionJobs ListKnowledgeBases ListModelInvocationJobs ListProvisionedModelThroughputs ListTagsForResource',
  cloudtrail: 'DescribeTrails GetEventSelectors GetTrailStatus LookupEvents',
  cloudwatch: 'GetMetricData ListMetrics',
  ec2: 'DescribeRegions DescribeVpcEndpoints',
  iam: 'GenerateCredentialReport GenerateServiceLastAccessedDetails GetAccountAuthorizationDetails GetCredentialReport GetLoginProfile GetServiceLastAccessedDetails ListAccessKeys ListMFADevices ListServiceSpecificCredentials',
  organizations:
    'DescribeEffectivePolicy DescribeOrganization DescribePolicy ListAccountsForParent ListOrganizationalUnitsForParent ListPolicies ListRoots ListTargetsForPolicy',
  s3: 'GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketVersioning GetEncryptionConfiguration GetLifecycleConfiguration ListBucket',
})
