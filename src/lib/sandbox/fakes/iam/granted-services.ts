import {matchesPattern} from '../../world/denials.js'
import type {PolicyDocument} from '../../world/iam-state.js'

export interface Service {
  readonly namespace: string
  readonly name: string
}

/** Names as the access reports have them. */
const NAMES: Readonly<Record<string, string>> = {
  'aws-marketplace': 'AWS Marketplace',
  bedrock: 'Amazon Bedrock',
  'bedrock-agentcore': 'Amazon Bedrock AgentCore',
  'bedrock-mantle': 'Amazon Bedrock Powered by AWS Mantle',
  budgets: 'AWS Budget Service',
  ce: 'AWS Cost Explorer Service',
  cloudtrail: 'AWS CloudTrail',
  cloudwatch: 'Amazon CloudWatch',
  ec2: 'Amazon EC2',
  iam: 'AWS Identity and Access Management',
  kms: 'AWS Key Management Service',
  lambda: 'AWS Lambda',
  logs: 'Amazon CloudWatch Logs',
  organizations: 'AWS Organizations',
  route53: 'Amazon Route 53',
  s3: 'Amazon S3',
  sagemaker: 'Amazon SageMaker',
  secretsmanager: 'AWS Secrets Manager',
  servicequotas: 'Service Quotas',
  sts: 'AWS Security Token Service',
}

/** The services of which at least one action is allowed somewhere; denials do not count, as on AWS. */
export function grantedServices(documents: readonly PolicyDocument[]): readonly Service[] {
  const allowing = documents.flatMap(statements).filter(({Effect}) => Effect === 'Allow')
  return Object.entries(NAMES)
    .filter(([namespace]) => allowing.some((statement) => grants(statement, namespace)))
    .map(([namespace, name]) => ({namespace, name}))
}

type Statement = Readonly<Record<string, unknown>>

function statements({Statement: given}: PolicyDocument): readonly Statement[] {
  return (Array.isArray(given) ? given : [given]) as readonly Statement[]
}

function grants({Action, NotAction}: Statement, namespace: string): boolean {
  if (NotAction !== undefined) return !texts(NotAction).some((action) => action === '*' || action === `${namespace}:*`)
  return texts(Action).some((action) => matchesPattern(action.split(':')[0] ?? '', namespace))
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
}
