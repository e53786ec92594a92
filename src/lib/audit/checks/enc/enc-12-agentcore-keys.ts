import {readPart} from '../../../account/read.js'
import type {Part} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeNamedKey, whereCustomerKeys} from '../../facts/customer-key.js'
import type {Fix} from '../../finding.schema.js'
import {inEachRegion, missingOf, unknown} from '../../judge-resource.js'

const KINDS = {
  memory: 'bedrock-agentcore:memories',
  gateway: 'bedrock-agentcore:gateways',
  'policy-engine': 'bedrock-agentcore:policy-engines',
} as const
type Kind = keyof typeof KINDS

export const agentcoreKeyCheck: Check = {
  id: 'ENC-12',
  family: 'ENC',
  severity: 'medium',
  title: 'AgentCore memories, gateways and policy engines encrypt with customer keys',
  why: 'Memories keep what users said, gateways the way to their tools, policy engines the rules. A key that AWS owns can neither be taken away nor watched.',
  resource: 'agentcore memory, gateway or policy engine',
  failsWhen: 'it names no customer key',
  needs: 'encryption.customerKeys',
  reads: [KINDS.memory, KINDS.gateway, KINDS['policy-engine'], 'kms:keys'],
  references: [
    {
      title: 'Data encryption in Amazon Bedrock AgentCore',
      url: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/data-encryption.html',
    },
  ],
  judge: (context) => whereCustomerKeys(context, () => judgeAll(context)),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  yield* inEachRegion(context, KINDS.memory, (items, region) =>
    items.map((item) => judgeItem(context, 'memory', item, region)),
  )
  yield* inEachRegion(context, KINDS.gateway, (items, region) =>
    items.map((item) => judgeItem(context, 'gateway', item, region)),
  )
  yield* inEachRegion(context, KINDS['policy-engine'], (items, region) =>
    items.map((item) => judgeItem(context, 'policy-engine', item, region)),
  )
}

interface Item {
  readonly id: string
  readonly arn: string | null
  readonly name: string | null
  readonly detail: Part<{readonly kmsKeyArn: string | null}>
}

function judgeItem(context: AuditContext, kind: Kind, {id, arn, name, detail}: Item, region: string): Judged {
  const resource = {type: `agentcore-${kind}`, id: arn || id, ...(name !== null && {name})}
  const place = {region, resource}
  const reading = readPart(detail)
  if (reading.state === 'unread') return unknown(place, [missingOf(reading)])
  return judgeNamedKey(context, place, reading.value.kmsKeyArn, {read: KINDS[kind], fix: FIXES[kind](id, region)})
}

const FIXES: Readonly<Record<Kind, (id: string, region: string) => Fix>> = {
  memory: (_, region) => ({
    summary: 'A memory gets its key when it is made: create it anew with a customer key and move what it holds.',
    cli: [
      `aws bedrock-agentcore-control create-memory --region ${region} --name <NAME> --event-expiry-duration <DAYS> --encryption-key-arn <KEY ARN>`,
    ],
    terraform: `resource "aws_bedrockagentcore_memory" "this" {
  encryption_key_arn = aws_kms_key.agents.arn
}`,
  }),
  gateway: (id, region) => ({
    summary: 'Update the gateway with a customer key.',
    cli: [
      `aws bedrock-agentcore-control update-gateway --region ${region} --gateway-identifier ${id} --name <NAME> --role-arn <ROLE ARN> --authorizer-type <TYPE> --kms-key-arn <KEY ARN>`,
    ],
    terraform: `resource "aws_bedrockagentcore_gateway" "this" {
  kms_key_arn = aws_kms_key.agents.arn
}`,
  }),
  'policy-engine': (_, region) => ({
    summary:
      'A policy engine gets its key when it is made: create it anew with a customer key, then move its policies.',
    cli: [
      `aws bedrock-agentcore-control create-policy-engine --region ${region} --name <NAME> --encryption-key-arn <KEY ARN>`,
    ],
  }),
}
