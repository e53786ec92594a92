import type {ReadId} from './snapshot.schema.js'

/** Where a read is made: in each Region, once an account, or once by whoever may ask the organisation. */
export type ReadScope = 'regional' | 'global' | 'organization'

export interface ReadSpec {
  /** Groups reads under the client that makes them. */
  readonly service: string
  readonly scope: ReadScope
  /** IAM actions, the first one first: without it nothing is read at all. */
  readonly actions: readonly string[]
  /** Reads whose values say what this one is to ask for. */
  readonly dependsOn: readonly ReadId[]
}

/** The prefix of the actions is the service's unless they carry their own. */
const specOf =
  (scope: ReadScope) =>
  (service: string, actions: string, dependsOn: readonly ReadId[] = [], prefix = service): ReadSpec => ({
    service,
    scope,
    actions: actions.split(' ').map((name) => `${prefix}:${name}`),
    dependsOn,
  })
const regional = specOf('regional')
const global = specOf('global')
const organization = specOf('organization')

/** Every read of the account snapshot. Checks and commands name these ids; collectors do them. */
export const READS: Readonly<Record<ReadId, ReadSpec>> = {
  'bedrock:invocation-logging': regional('bedrock', 'GetModelInvocationLoggingConfiguration'),
  'bedrock:data-retention': regional('bedrock', 'GetAccountDataRetention'),
  'bedrock:foundation-models': regional('bedrock', 'ListFoundationModels'),
  'bedrock:model-access': regional('bedrock', 'GetFoundationModelAvailability', [
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'bedrock:provisioned-throughputs',
    'bedrock-agent:agents',
    'cloudwatch:bedrock-usage',
  ]),
  'bedrock:inference-profiles': regional('bedrock', 'ListInferenceProfiles ListTagsForResource'),
  'bedrock:guardrails': regional('bedrock', 'ListGuardrails GetGuardrail GetResourcePolicy'),
  'bedrock:enforced-guardrails': regional('bedrock', 'ListEnforcedGuardrailsConfiguration'),
  'bedrock:custom-models': regional('bedrock', 'ListCustomModels GetCustomModel ListTagsForResource'),
  'bedrock:imported-models': regional('bedrock', 'ListImportedModels GetImportedModel ListTagsForResource'),
  'bedrock:provisioned-throughputs': regional('bedrock', 'ListProvisionedModelThroughputs'),
  'bedrock:custom-model-deployments': regional('bedrock', 'ListCustomModelDeployments'),
  'bedrock:prompt-routers': regional('bedrock', 'ListPromptRouters'),
  'bedrock:marketplace-endpoints': regional('bedrock', 'ListMarketplaceModelEndpoints'),
  'bedrock:customization-jobs': regional('bedrock', 'ListModelCustomizationJobs GetModelCustomizationJob'),
  'bedrock:import-jobs': regional('bedrock', 'ListModelImportJobs GetModelImportJob'),
  'bedrock:batch-jobs': regional('bedrock', 'ListModelInvocationJobs'),
  'bedrock:evaluation-jobs': regional('bedrock', 'ListEvaluationJobs GetEvaluationJob'),
  'bedrock:copy-jobs': regional('bedrock', 'ListModelCopyJobs'),
  'bedrock-mantle:data-retention': regional('bedrock-mantle', 'GetAccountDataRetention'),
  'bedrock-mantle:projects': regional('bedrock-mantle', 'ListProjects GetProject'),
  'bedrock-agent:agents': regional(
    'bedrock-agent',
    'ListAgents GetAgent ListAgentAliases ListAgentVersions GetAgentVersion ListAgentActionGroups GetAgentActionGroup ListAgentKnowledgeBases ListTagsForResource',
    [],
    'bedrock',
  ),
  'bedrock-agent:knowledge-bases': regional(
    'bedrock-agent',
    'ListKnowledgeBases GetKnowledgeBase ListDataSources GetDataSource ListIngestionJobs GetResourcePolicy ListTagsForResource',
    [],
    'bedrock',
  ),
  'bedrock-agent:flows': regional(
    'bedrock-agent',
    'ListFlows GetFlow ListFlowAliases ListFlowVersions GetFlowVersion',
    [],
    'bedrock',
  ),
  'bedrock-agent:prompts': regional('bedrock-agent', 'ListPrompts GetPrompt', [], 'bedrock'),
  'bedrock-agentcore:runtimes': regional(
    'bedrock-agentcore',
    'ListAgentRuntimes GetAgentRuntime ListAgentRuntimeEndpoints GetResourcePolicy',
  ),
  'bedrock-agentcore:gateways': regional(
    'bedrock-agentcore',
    'ListGateways GetGateway ListGatewayTargets GetResourcePolicy',
  ),
  'bedrock-agentcore:memories': regional('bedrock-agentcore', 'ListMemories GetMemory'),
  'bedrock-agentcore:browsers': regional('bedrock-agentcore', 'ListBrowsers GetBrowser'),
  'bedrock-agentcore:code-interpreters': regional('bedrock-agentcore', 'ListCodeInterpreters GetCodeInterpreter'),
  'bedrock-agentcore:policy-engines': regional('bedrock-agentcore', 'ListPolicyEngines GetPolicyEngine'),
  'bedrock-agentcore:workload-identities': regional('bedrock-agentcore', 'ListWorkloadIdentities'),
  'bedrock-agentcore:credential-providers': regional(
    'bedrock-agentcore',
    'ListOauth2CredentialProviders ListApiKeyCredentialProviders',
  ),
  'bedrock-agentcore:token-vault': regional('bedrock-agentcore', 'GetTokenVault'),
  'ec2:vpcs': regional('ec2', 'DescribeVpcs DescribeVpcAttribute'),
  'ec2:vpc-endpoints': regional('ec2', 'DescribeVpcEndpoints'),
  'ec2:vpc-endpoint-services': regional('ec2', 'DescribeVpcEndpointServices'),
  'ec2:network-interfaces': regional('ec2', 'DescribeNetworkInterfaces'),
  'ec2:subnets': regional('ec2', 'DescribeSubnets'),
  'ec2:route-tables': regional('ec2', 'DescribeRouteTables'),
  'ec2:security-groups': regional('ec2', 'DescribeSecurityGroups'),
  'ec2:network-acls': regional('ec2', 'DescribeNetworkAcls'),
  'ec2:prefix-lists': regional('ec2', 'DescribeManagedPrefixLists GetManagedPrefixListEntries'),
  'route53:vpc-hosted-zones': regional('route53', 'ListHostedZonesByVPC ListResourceRecordSets', ['ec2:vpcs']),
  'iam:authorization-details': global('iam', 'GetAccountAuthorizationDetails'),
  'iam:service-specific-credentials': global('iam', 'ListServiceSpecificCredentials'),
  'iam:key-user-credentials': global('iam', 'GetLoginProfile ListAccessKeys ListMFADevices', [
    'iam:service-specific-credentials',
  ]),
  'iam:credential-report': global('iam', 'GenerateCredentialReport GetCredentialReport'),
  'iam:last-accessed': global('iam', 'GenerateServiceLastAccessedDetails GetServiceLastAccessedDetails', [
    'iam:authorization-details',
  ]),
  'organizations:organization': organization('organizations', 'DescribeOrganization'),
  'organizations:tree': organization(
    'organizations',
    'ListRoots ListOrganizationalUnitsForParent ListAccountsForParent',
  ),
  'organizations:policies': organization('organizations', 'ListPolicies DescribePolicy ListTargetsForPolicy'),
  'organizations:effective-policies': organization('organizations', 'DescribeEffectivePolicy'),
  's3:buckets': global(
    's3',
    'ListBucket GetBucketPolicy GetBucketPolicyStatus GetEncryptionConfiguration GetBucketPublicAccessBlock GetBucketOwnershipControls GetBucketVersioning GetLifecycleConfiguration',
    [
      'bedrock:invocation-logging',
      'bedrock:custom-models',
      'bedrock:imported-models',
      'bedrock:batch-jobs',
      'bedrock-agent:knowledge-bases',
      'cloudtrail:trails',
    ],
  ),
  'logs:log-groups': regional('logs', 'DescribeLogGroups', ['bedrock:invocation-logging']),
  'logs:resource-policies': regional('logs', 'DescribeResourcePolicies'),
  'kms:keys': regional('kms', 'DescribeKey GetKeyRotationStatus GetKeyPolicy', [
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
  ]),
  'cloudtrail:trails': regional('cloudtrail', 'DescribeTrails GetTrailStatus GetEventSelectors'),
  'cloudtrail:event-data-stores': regional('cloudtrail', 'ListEventDataStores GetEventDataStore'),
  'cloudtrail:bedrock-events': regional('cloudtrail', 'LookupEvents'),
  'cloudwatch:alarms': regional('cloudwatch', 'DescribeAlarms'),
  'cloudwatch:bedrock-metrics': regional('cloudwatch', 'ListMetrics'),
  'cloudwatch:bedrock-usage': regional('cloudwatch', 'GetMetricData', ['cloudwatch:bedrock-metrics']),
  'budgets:budgets': global('budgets', 'ViewBudget DescribeBudgetActionsForBudget'),
  'ce:anomaly-monitors': global('ce', 'GetAnomalyMonitors'),
  'ce:anomaly-subscriptions': global('ce', 'GetAnomalySubscriptions'),
  'ce:cost-allocation-tags': global('ce', 'ListCostAllocationTags'),
  'service-quotas:bedrock': regional('service-quotas', 'ListServiceQuotas', [], 'servicequotas'),
  'service-quotas:bedrock-defaults': regional('service-quotas', 'ListAWSDefaultServiceQuotas', [], 'servicequotas'),
}

export const READ_IDS = Object.keys(READS) as readonly ReadId[]

export function isReadId(text: string): text is ReadId {
  return Object.hasOwn(READS, text)
}

/** The ids and all they build on, each after what it builds on. */
export function withDependencies(
  ids: readonly ReadId[],
  needsOf = (id: ReadId): readonly ReadId[] => READS[id].dependsOn,
): readonly ReadId[] {
  const ordered = new Set<ReadId>()
  const add = (id: ReadId) => {
    if (ordered.has(id)) return
    for (const needed of needsOf(id)) add(needed)
    ordered.add(id)
  }
  for (const id of ids) add(id)
  return [...ordered]
}

/** IAM actions that reads may call, sorted, each once. */
export function actionsOf(ids: readonly ReadId[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => READS[id].actions))].sort()
}
