import {type Reading, readPart} from '../../../account/read.js'
import type {PartValue, ReadItem} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeNamedKey, whereCustomerKeys} from '../../facts/customer-key.js'
import {inEachRegion, missingOf, unknown} from '../../judge-resource.js'

const READ = 'bedrock-agent:knowledge-bases'
type KnowledgeBase = ReadItem<typeof READ>
type DataSource = PartValue<KnowledgeBase['dataSources']>[number]

export const knowledgeBaseKeyCheck: Check = {
  id: 'ENC-07',
  family: 'ENC',
  severity: 'high',
  title: 'A knowledge base takes documents in under a customer key',
  why: 'While documents are taken in, Bedrock stores their text; a managed knowledge base keeps it for good. Under a key that AWS owns nobody here can watch its use or take it away.',
  resource: 'data-source or managed knowledge-base',
  failsWhen: 'a data source, or a managed knowledge base itself, names no customer key',
  needs: 'encryption.customerKeys',
  reads: [READ, 'kms:keys'],
  references: [
    {
      title: 'Encryption of knowledge base resources',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html',
    },
  ],
  judge: (context) =>
    whereCustomerKeys(context, () =>
      inEachRegion(context, READ, (bases, region) => bases.flatMap((base) => judgeBase(context, base, region))),
    ),
}

function judgeBase(context: AuditContext, base: KnowledgeBase, region: string): readonly Judged[] {
  const detail = readPart(base.detail)
  const id = detail.state === 'read' ? detail.value.arn || base.id : base.id
  const place = {region, resource: {type: 'knowledge-base', id, name: base.name}}
  if (detail.state === 'read' && detail.value.type?.toUpperCase() === 'MANAGED') {
    const fix = {
      summary: 'A managed knowledge base gets its key when it is made: create it anew with a customer key.',
      cli: [
        `aws bedrock-agent create-knowledge-base --region ${region} --name <NAME> --role-arn <ROLE ARN> --knowledge-base-configuration '{"type":"MANAGED","managedKnowledgeBaseConfiguration":{"serverSideEncryptionConfiguration":{"kmsKeyArn":"<KEY ARN>"}}}'`,
      ],
    }
    return [judgeNamedKey(context, place, detail.value.kmsKeyArn, {read: READ, fix})]
  }
  const sources = readPart(base.dataSources)
  if (sources.state === 'unread') return [unknown(place, [missingOf(sources)])]
  return sources.value.map((source) => judgeSource(context, {base, source, detail, region}))
}

interface SourcePlace {
  readonly base: KnowledgeBase
  readonly source: DataSource
  readonly detail: Reading<unknown>
  readonly region: string
}

function judgeSource(context: AuditContext, {base, source, detail, region}: SourcePlace): Judged {
  const place = {region, resource: {type: 'data-source', id: `${base.id}/${source.id}`, name: source.name}}
  const reading = readPart(source.detail)
  if (reading.state === 'unread') return unknown(place, [missingOf(reading)])
  // Of a managed knowledge base, not the source but the base itself would name the key.
  if (reading.value.kmsKeyArn === null && detail.state === 'unread') return unknown(place, [missingOf(detail)])
  return judgeNamedKey(context, place, reading.value.kmsKeyArn, {
    read: READ,
    fix: {
      summary: 'Update the data source with a customer key that the role of the knowledge base may use.',
      cli: [
        `aws bedrock-agent update-data-source --region ${region} --knowledge-base-id ${base.id} --data-source-id ${source.id} --name '${source.name.replaceAll("'", '')}' --data-source-configuration <CONFIGURATION> --server-side-encryption-configuration kmsKeyArn=<KEY ARN>`,
      ],
      terraform: `resource "aws_bedrockagent_data_source" "this" {
  server_side_encryption_configuration {
    kms_key_arn = aws_kms_key.knowledge.arn
  }
}`,
    },
  })
}
