import type {ReadId} from './snapshot.schema.js'

/** Where a read is made: in each Region, once an account, or once by whoever may ask the organisation. */
export type ReadScope = 'regional' | 'global' | 'organization'

export interface ReadSpec {
  /** Groups reads under the client that makes them. */
  readonly service: string
  readonly scope: ReadScope
  /** IAM actions, the first one first: without it nothing is read at all. */
  readonly actions: readonly [string, ...string[]]
  /** Reads whose values say what this one is to ask for. */
  readonly dependsOn: readonly ReadId[]
}

/** Every read of the account snapshot. Checks and commands name these ids; collectors do them. */
export const READS = {
  'bedrock:invocation-logging': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:GetModelInvocationLoggingConfiguration'],
    dependsOn: [],
  },
  'bedrock:data-retention': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:GetAccountDataRetention'],
    dependsOn: [],
  },
  'bedrock:foundation-models': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListFoundationModels'],
    dependsOn: [],
  },
  'bedrock:model-access': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:GetFoundationModelAvailability'],
    dependsOn: [
      'bedrock:foundation-models',
      'bedrock:inference-profiles',
      'bedrock:provisioned-throughputs',
      'bedrock-agent:agents',
      'cloudwatch:bedrock-usage',
    ],
  },
  'bedrock:inference-profiles': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListInferenceProfiles', 'bedrock:ListTagsForResource'],
    dependsOn: [],
  },
  'bedrock:guardrails': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListGuardrails', 'bedrock:GetGuardrail', 'bedrock:GetResourcePolicy'],
    dependsOn: [],
  },
  'bedrock:enforced-guardrails': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListEnforcedGuardrailsConfiguration'],
    dependsOn: [],
  },
  'bedrock:custom-models': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListCustomModels', 'bedrock:GetCustomModel', 'bedrock:ListTagsForResource'],
    dependsOn: [],
  },
  'bedrock:imported-models': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListImportedModels', 'bedrock:GetImportedModel', 'bedrock:ListTagsForResource'],
    dependsOn: [],
  },
  'bedrock:provisioned-throughputs': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListProvisionedModelThroughputs'],
    dependsOn: [],
  },
  'bedrock:custom-model-deployments': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListCustomModelDeployments'],
    dependsOn: [],
  },
  'bedrock:prompt-routers': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListPromptRouters'],
    dependsOn: [],
  },
  'bedrock:marketplace-endpoints': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListMarketplaceModelEndpoints'],
    dependsOn: [],
  },
  'bedrock:customization-jobs': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListModelCustomizationJobs', 'bedrock:GetModelCustomizationJob'],
    dependsOn: [],
  },
  'bedrock:import-jobs': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListModelImportJobs', 'bedrock:GetModelImportJob'],
    dependsOn: [],
  },
  'bedrock:batch-jobs': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListModelInvocationJobs'],
    dependsOn: [],
  },
  'bedrock:evaluation-jobs': {
    service: 'bedrock',
    scope: 'regional',
    actions: ['bedrock:ListEvaluationJobs', 'bedrock:GetEvaluationJob'],
    dependsOn: [],
  },
  'bedrock:copy-jobs': {service: 'bedrock', scope: 'regional', actions: ['bedrock:ListModelCopyJobs'], dependsOn: []},
  'bedrock-mantle:data-retention': {
    service: 'bedrock-mantle',
    scope: 'regional',
    actions: ['bedrock-mantle:GetAccountDataRetention'],
    dependsOn: [],
  },
  'bedrock-mantle:projects': {
    service: 'bedrock-mantle',
    scope: 'regional',
    actions: ['bedrock-mantle:ListProjects', 'bedrock-mantle:GetProject'],
    dependsOn: [],
  },
  'bedrock-agent:agents': {
    service: 'bedrock-agent',
    scope: 'regional',
    actions: [
      'bedrock:ListAgents',
      'bedrock:GetAgent',
      'bedrock:ListAgentAliases',
      'bedrock:ListAgentVersions',
      'bedrock:GetAgentVersion',
      'bedrock:ListAgentActionGroups',
      'bedrock:GetAgentActionGroup',
      'bedrock:ListAgentKnowledgeBases',
      'bedrock:ListTagsForResource',
    ],
    dependsOn: [],
  },
  'bedrock-agent:knowledge-bases': {
    service: 'bedrock-agent',
    scope: 'regional',
    actions: [
      'bedrock:ListKnowledgeBases',
      'bedrock:GetKnowledgeBase',
      'bedrock:ListDataSources',
      'bedrock:GetDataSource',
      'bedrock:ListIngestionJobs',
      'bedrock:GetResourcePolicy',
      'bedrock:ListTagsForResource',
    ],
    dependsOn: [],
  },
  'bedrock-agent:flows': {
    service: 'bedrock-agent',
    scope: 'regional',
    actions: [
      'bedrock:ListFlows',
      'bedrock:GetFlow',
      'bedrock:ListFlowAliases',
      'bedrock:ListFlowVersions',
      'bedrock:GetFlowVersion',
    ],
    dependsOn: [],
  },
  'bedrock-agent:prompts': {
    service: 'bedrock-agent',
    scope: 'regional',
    actions: ['bedrock:ListPrompts', 'bedrock:GetPrompt'],
    dependsOn: [],
  },
  'bedrock-agentcore:runtimes': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: [
      'bedrock-agentcore:ListAgentRuntimes',
      'bedrock-agentcore:GetAgentRuntime',
      'bedrock-agentcore:ListAgentRuntimeEndpoints',
      'bedrock-agentcore:GetResourcePolicy',
    ],
    dependsOn: [],
  },
  'bedrock-agentcore:gateways': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: [
      'bedrock-agentcore:ListGateways',
      'bedrock-agentcore:GetGateway',
      'bedrock-agentcore:ListGatewayTargets',
      'bedrock-agentcore:GetResourcePolicy',
    ],
    dependsOn: [],
  },
  'bedrock-agentcore:memories': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:ListMemories', 'bedrock-agentcore:GetMemory'],
    dependsOn: [],
  },
  'bedrock-agentcore:browsers': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:ListBrowsers', 'bedrock-agentcore:GetBrowser'],
    dependsOn: [],
  },
  'bedrock-agentcore:code-interpreters': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:ListCodeInterpreters', 'bedrock-agentcore:GetCodeInterpreter'],
    dependsOn: [],
  },
  'bedrock-agentcore:policy-engines': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:ListPolicyEngines', 'bedrock-agentcore:GetPolicyEngine'],
    dependsOn: [],
  },
  'bedrock-agentcore:workload-identities': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:ListWorkloadIdentities'],
    dependsOn: [],
  },
  'bedrock-agentcore:credential-providers': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:ListOauth2CredentialProviders', 'bedrock-agentcore:ListApiKeyCredentialProviders'],
    dependsOn: [],
  },
  'bedrock-agentcore:token-vault': {
    service: 'bedrock-agentcore',
    scope: 'regional',
    actions: ['bedrock-agentcore:GetTokenVault'],
    dependsOn: [],
  },
  'ec2:vpcs': {
    service: 'ec2',
    scope: 'regional',
    actions: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
    dependsOn: [],
  },
  'ec2:vpc-endpoints': {service: 'ec2', scope: 'regional', actions: ['ec2:DescribeVpcEndpoints'], dependsOn: []},
  'ec2:vpc-endpoint-services': {
    service: 'ec2',
    scope: 'regional',
    actions: ['ec2:DescribeVpcEndpointServices'],
    dependsOn: [],
  },
  'ec2:network-interfaces': {
    service: 'ec2',
    scope: 'regional',
    actions: ['ec2:DescribeNetworkInterfaces'],
    dependsOn: [],
  },
  'ec2:subnets': {service: 'ec2', scope: 'regional', actions: ['ec2:DescribeSubnets'], dependsOn: []},
  'ec2:route-tables': {service: 'ec2', scope: 'regional', actions: ['ec2:DescribeRouteTables'], dependsOn: []},
  'ec2:security-groups': {service: 'ec2', scope: 'regional', actions: ['ec2:DescribeSecurityGroups'], dependsOn: []},
  'ec2:network-acls': {service: 'ec2', scope: 'regional', actions: ['ec2:DescribeNetworkAcls'], dependsOn: []},
  'ec2:prefix-lists': {
    service: 'ec2',
    scope: 'regional',
    actions: ['ec2:DescribeManagedPrefixLists', 'ec2:GetManagedPrefixListEntries'],
    dependsOn: [],
  },
  'route53:vpc-hosted-zones': {
    service: 'route53',
    scope: 'regional',
    actions: ['route53:ListHostedZonesByVPC', 'route53:ListResourceRecordSets'],
    dependsOn: ['ec2:vpcs'],
  },
  'iam:authorization-details': {
    service: 'iam',
    scope: 'global',
    actions: ['iam:GetAccountAuthorizationDetails'],
    dependsOn: [],
  },
  'iam:service-specific-credentials': {
    service: 'iam',
    scope: 'global',
    actions: ['iam:ListServiceSpecificCredentials'],
    dependsOn: [],
  },
  'iam:key-user-credentials': {
    service: 'iam',
    scope: 'global',
    actions: ['iam:GetLoginProfile', 'iam:ListAccessKeys', 'iam:ListMFADevices'],
    dependsOn: ['iam:service-specific-credentials'],
  },
  'iam:credential-report': {
    service: 'iam',
    scope: 'global',
    actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
    dependsOn: [],
  },
  'iam:last-accessed': {
    service: 'iam',
    scope: 'global',
    actions: ['iam:GenerateServiceLastAccessedDetails', 'iam:GetServiceLastAccessedDetails'],
    dependsOn: ['iam:authorization-details'],
  },
  'organizations:organization': {
    service: 'organizations',
    scope: 'organization',
    actions: ['organizations:DescribeOrganization'],
    dependsOn: [],
  },
  'organizations:tree': {
    service: 'organizations',
    scope: 'organization',
    actions: [
      'organizations:ListRoots',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListAccountsForParent',
    ],
    dependsOn: [],
  },
  'organizations:policies': {
    service: 'organizations',
    scope: 'organization',
    actions: ['organizations:ListPolicies', 'organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
    dependsOn: [],
  },
  'organizations:effective-policies': {
    service: 'organizations',
    scope: 'organization',
    actions: ['organizations:DescribeEffectivePolicy'],
    dependsOn: [],
  },
  's3:buckets': {
    service: 's3',
    scope: 'global',
    actions: [
      's3:ListBucket',
      's3:GetBucketPolicy',
      's3:GetBucketPolicyStatus',
      's3:GetEncryptionConfiguration',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketOwnershipControls',
      's3:GetBucketVersioning',
      's3:GetLifecycleConfiguration',
    ],
    dependsOn: [
      'bedrock:invocation-logging',
      'bedrock:custom-models',
      'bedrock:imported-models',
      'bedrock:batch-jobs',
      'bedrock-agent:knowledge-bases',
      'cloudtrail:trails',
    ],
  },
  'logs:log-groups': {
    service: 'logs',
    scope: 'regional',
    actions: ['logs:DescribeLogGroups'],
    dependsOn: ['bedrock:invocation-logging'],
  },
  'logs:resource-policies': {
    service: 'logs',
    scope: 'regional',
    actions: ['logs:DescribeResourcePolicies'],
    dependsOn: [],
  },
  'kms:keys': {
    service: 'kms',
    scope: 'regional',
    actions: ['kms:DescribeKey', 'kms:GetKeyRotationStatus', 'kms:GetKeyPolicy'],
    dependsOn: [
      'bedrock:guardrails',
      'bedrock:custom-models',
      'bedrock:imported-models',
      'bedrock-agent:agents',
      'bedrock-agent:knowledge-bases',
      'bedrock-agent:flows',
      'bedrock-agent:prompts',
      'bedrock-agentcore:gateways',
      'bedrock-agentcore:memories',
      'bedrock-agentcore:token-vault',
      'bedrock-agentcore:policy-engines',
      'logs:log-groups',
      'cloudtrail:trails',
      's3:buckets',
    ],
  },
  'cloudtrail:trails': {
    service: 'cloudtrail',
    scope: 'regional',
    actions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
    dependsOn: [],
  },
  'cloudtrail:event-data-stores': {
    service: 'cloudtrail',
    scope: 'regional',
    actions: ['cloudtrail:ListEventDataStores', 'cloudtrail:GetEventDataStore'],
    dependsOn: [],
  },
  'cloudtrail:bedrock-events': {
    service: 'cloudtrail',
    scope: 'regional',
    actions: ['cloudtrail:LookupEvents'],
    dependsOn: [],
  },
  'cloudwatch:alarms': {
    service: 'cloudwatch',
    scope: 'regional',
    actions: ['cloudwatch:DescribeAlarms'],
    dependsOn: [],
  },
  'cloudwatch:bedrock-metrics': {
    service: 'cloudwatch',
    scope: 'regional',
    actions: ['cloudwatch:ListMetrics'],
    dependsOn: [],
  },
  'cloudwatch:bedrock-usage': {
    service: 'cloudwatch',
    scope: 'regional',
    actions: ['cloudwatch:GetMetricData'],
    dependsOn: ['cloudwatch:bedrock-metrics'],
  },
  'budgets:budgets': {
    service: 'budgets',
    scope: 'global',
    actions: ['budgets:ViewBudget', 'budgets:DescribeBudgetActionsForBudget'],
    dependsOn: [],
  },
  'ce:anomaly-monitors': {service: 'ce', scope: 'global', actions: ['ce:GetAnomalyMonitors'], dependsOn: []},
  'ce:anomaly-subscriptions': {service: 'ce', scope: 'global', actions: ['ce:GetAnomalySubscriptions'], dependsOn: []},
  'ce:cost-allocation-tags': {service: 'ce', scope: 'global', actions: ['ce:ListCostAllocationTags'], dependsOn: []},
  'service-quotas:bedrock': {
    service: 'service-quotas',
    scope: 'regional',
    actions: ['servicequotas:ListServiceQuotas'],
    dependsOn: [],
  },
  'service-quotas:bedrock-defaults': {
    service: 'service-quotas',
    scope: 'regional',
    actions: ['servicequotas:ListAWSDefaultServiceQuotas'],
    dependsOn: [],
  },
} as const satisfies Readonly<Record<ReadId, ReadSpec>>

export const READ_IDS = Object.keys(READS) as readonly ReadId[]

export function readSpec(id: ReadId): ReadSpec {
  return READS[id]
}

export function isReadId(text: string): text is ReadId {
  return Object.hasOwn(READS, text)
}

/** The ids and all they build on, each after what it builds on. */
export function withDependencies(ids: readonly ReadId[]): readonly ReadId[] {
  const ordered = new Set<ReadId>()
  const add = (id: ReadId) => {
    if (ordered.has(id)) return
    for (const needed of readSpec(id).dependsOn) add(needed)
    ordered.add(id)
  }
  for (const id of ids) add(id)
  return [...ordered]
}

/** IAM actions that reads may call, sorted, each once. */
export function actionsOf(ids: readonly ReadId[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => readSpec(id).actions))].sort()
}
