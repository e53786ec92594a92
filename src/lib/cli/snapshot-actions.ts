// IAM actions of the account snapshot: those of its reads, spelt out because a command's class loads nothing to be
// described. A test holds them against the reads.
import {type ActionNames, actionsByPrefix} from './permissions.js'

const BY_PREFIX: ActionNames = {
  account: 'ListRegions',
  'bedrock-agentcore':
    'GetAgentRuntime GetBrowser GetCodeInterpreter GetGateway GetMemory GetPolicyEngine GetResourcePolicy GetTokenVault ListAgentRuntimeEndpoints ListAgentRuntimes ListApiKeyCredentialProviders ListBrowsers ListCodeInterpreters ListGatewayTargets ListGateways ListMemories ListOauth2CredentialProviders ListPolicyEngines ListWorkloadIdentities',
  bedrock:
    'GetAccountDataRetention GetAgent GetAgentActionGroup GetAgentVersion GetCustomModel GetDataSource GetEvaluationJob GetFlow GetFlowVersion GetFoundationModelAvailability GetGuardrail GetImportedModel GetKnowledgeBase GetModelCustomizationJob GetModelImportJob GetModelInvocationLoggingConfiguration GetPrompt GetResourcePolicy ListAgentActionGroups ListAgentAliases ListAgentKnowledgeBases ListAgentVersions ListAgents ListCustomModelDeployments ListCustomModels ListDataSources ListEnforcedGuardrailsConfiguration ListEvaluationJobs ListFlowAliases ListFlowVersions ListFlows ListFoundationModels ListGuardrails ListImportedModels ListInferenceProfiles ListIngestionJobs ListKnowledgeBases ListMarketplaceModelEndpoints ListModelCopyJobs ListModelCustomizationJobs ListModelImportJobs ListModelInvocationJobs ListPromptRouters ListPrompts ListProvisionedModelThroughputs ListTagsForResource',
  budgets: 'DescribeBudgetActionsForBudget ViewBudget',
  ce: 'GetAnomalyMonitors GetAnomalySubscriptions ListCostAllocationTags',
  cloudtrail: 'DescribeTrails GetEventDataStore GetEventSelectors GetTrailStatus ListEventDataStores LookupEvents',
  cloudwatch: 'DescribeAlarms GetMetricData ListMetrics',
  ec2: 'DescribeManagedPrefixLists DescribeNetworkAcls DescribeNetworkInterfaces DescribeRegions DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcs GetManagedPrefixListEntries',
  iam: 'GenerateCredentialReport GenerateServiceLastAccessedDetails GetAccountAuthorizationDetails GetCredentialReport GetLoginProfile GetServiceLastAccessedDetails ListAccessKeys ListMFADevices ListServiceSpecificCredentials',
  kms: 'DescribeKey GetKeyPolicy GetKeyRotationStatus',
  logs: 'DescribeLogGroups DescribeResourcePolicies',
  organizations:
    'DescribeEffectivePolicy DescribeOrganization DescribePolicy ListAccountsForParent ListOrganizationalUnitsForParent ListPolicies ListRoots ListTargetsForPolicy',
  route53: 'ListHostedZonesByVPC ListResourceRecordSets',
  s3: 'GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketVersioning GetEncryptionConfiguration GetLifecycleConfiguration ListBucket',
  servicequotas: 'ListAWSDefaultServiceQuotas ListServiceQuotas',
  sts: 'GetCallerIdentity',
}

/** Everything that a snapshot, and so an audit by every check, may call; sorted. */
export const SNAPSHOT_ACTIONS = actionsByPrefix(BY_PREFIX)
