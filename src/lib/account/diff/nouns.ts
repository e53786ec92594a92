import type {ReadId} from '../snapshot.schema.js'

/** What one item of a read is called; reads that are one thing are called after it. */
const NOUNS: Readonly<Record<ReadId, string>> = {
  'bedrock:invocation-logging': 'invocation logging',
  'bedrock:data-retention': 'data retention',
  'bedrock:foundation-models': 'model',
  'bedrock:model-access': 'access to model',
  'bedrock:inference-profiles': 'inference profile',
  'bedrock:guardrails': 'guardrail',
  'bedrock:enforced-guardrails': 'enforced guardrail',
  'bedrock:custom-models': 'custom model',
  'bedrock:imported-models': 'imported model',
  'bedrock:provisioned-throughputs': 'provisioned throughput',
  'bedrock:custom-model-deployments': 'custom model deployment',
  'bedrock:prompt-routers': 'prompt router',
  'bedrock:marketplace-endpoints': 'Marketplace endpoint',
  'bedrock:customization-jobs': 'customization job',
  'bedrock:import-jobs': 'import job',
  'bedrock:batch-jobs': 'batch job',
  'bedrock:evaluation-jobs': 'evaluation job',
  'bedrock:copy-jobs': 'copy job',
  'bedrock-mantle:data-retention': 'data retention of Mantle',
  'bedrock-mantle:projects': 'project',
  'bedrock-agent:agents': 'agent',
  'bedrock-agent:knowledge-bases': 'knowledge base',
  'bedrock-agent:flows': 'flow',
  'bedrock-agent:prompts': 'prompt',
  'bedrock-agentcore:runtimes': 'agent runtime',
  'bedrock-agentcore:gateways': 'gateway',
  'bedrock-agentcore:memories': 'memory',
  'bedrock-agentcore:browsers': 'browser',
  'bedrock-agentcore:code-interpreters': 'code interpreter',
  'bedrock-agentcore:policy-engines': 'policy engine',
  'bedrock-agentcore:workload-identities': 'workload identity',
  'bedrock-agentcore:credential-providers': 'credential provider',
  'bedrock-agentcore:token-vault': 'token vault',
  'ec2:vpcs': 'VPC',
  'ec2:vpc-endpoints': 'VPC endpoint',
  'ec2:vpc-endpoint-services': 'endpoint service',
  'ec2:network-interfaces': 'network interface',
  'ec2:subnets': 'subnet',
  'ec2:route-tables': 'route table',
  'ec2:security-groups': 'security group',
  'ec2:network-acls': 'network ACL',
  'ec2:prefix-lists': 'prefix list',
  'route53:vpc-hosted-zones': 'hosted zones of VPC',
  'iam:authorization-details': 'principal',
  'iam:service-specific-credentials': 'Bedrock API key',
  'iam:key-user-credentials': 'credentials of user',
  'iam:credential-report': 'credential report',
  'iam:last-accessed': 'last use by',
  'organizations:organization': 'organisation',
  'organizations:tree': 'organisation member',
  'organizations:policies': 'organisation policy',
  'organizations:effective-policies': 'effective policy',
  's3:buckets': 'bucket',
  'logs:log-groups': 'log group',
  'logs:resource-policies': 'log resource policy',
  'kms:keys': 'key',
  'cloudtrail:trails': 'trail',
  'cloudtrail:event-data-stores': 'event data store',
  'cloudtrail:bedrock-events': 'event',
  'cloudwatch:alarms': 'alarm',
  'cloudwatch:bedrock-metrics': 'metric',
  'cloudwatch:bedrock-usage': 'usage',
  'budgets:budgets': 'budget',
  'ce:anomaly-monitors': 'anomaly monitor',
  'ce:anomaly-subscriptions': 'anomaly subscription',
  'ce:cost-allocation-tags': 'cost allocation tag',
  'service-quotas:bedrock': 'quota',
  'service-quotas:bedrock-defaults': 'default quota',
}

export function nounOf(read: ReadId): string {
  return NOUNS[read]
}

/** Members of an object that are lists of their own kinds. */
export const MEMBER_NOUNS: Readonly<Record<string, string>> = {
  users: 'user',
  groups: 'group',
  roles: 'role',
  policies: 'policy',
}

/** Asked about because another resource names them: one that is gone here may only be named no more. */
export const NAMED_BY_OTHERS: ReadonlySet<ReadId> = new Set<ReadId>([
  'bedrock:model-access',
  'iam:key-user-credentials',
  'kms:keys',
  'logs:log-groups',
  's3:buckets',
])

/** What was going on, not what is set up: it differs every minute. */
export const OBSERVATIONS: ReadonlySet<ReadId> = new Set<ReadId>([
  'cloudtrail:bedrock-events',
  'cloudwatch:bedrock-metrics',
  'cloudwatch:bedrock-usage',
  'iam:credential-report',
  'iam:last-accessed',
])

/** Members that move by themselves. */
export const MOVING: ReadonlySet<string> = new Set([
  'actual',
  'attachments',
  'boundaryUses',
  'deliveredAt',
  'ingestionJobs',
  'lastUsedAt',
  'lastUsedRegion',
  'storedBytes',
  'updatedAt',
  'usedAt',
  'uses',
])
