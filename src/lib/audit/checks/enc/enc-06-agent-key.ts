import {readPart} from '../../../account/read.js'
import type {Check} from '../../check.js'
import {judgeNamedKey, whereCustomerKeys} from '../../facts/customer-key.js'
import {inEachRegion, missingOf, unknown} from '../../judge-resource.js'

const READ = 'bedrock-agent:agents'

export const agentKeyCheck: Check = {
  id: 'ENC-06',
  family: 'ENC',
  severity: 'high',
  title: 'An agent encrypts with a customer key',
  why: 'Instructions, prompt templates and the sessions of users are stored with the agent. A key that AWS owns can neither be taken away nor watched.',
  resource: 'agent',
  failsWhen: 'the agent names no customer key',
  needs: 'encryption.customerKeys',
  reads: [READ, 'kms:keys'],
  references: [
    {
      title: 'Encryption of agent resources',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents.html',
    },
  ],
  judge: (context) =>
    whereCustomerKeys(context, () =>
      inEachRegion(context, READ, (agents, region) =>
        agents.map(({id, arn, name, draft}) => {
          const place = {region, resource: {type: 'agent', id: arn ?? id, name}}
          const reading = readPart(draft)
          if (reading.state === 'unread') return unknown(place, [missingOf(reading)])
          return judgeNamedKey(context, place, reading.value.kmsKeyArn, {
            read: READ,
            fix: {
              summary: 'Update the agent with a customer key, prepare it, and point its aliases at a new version.',
              cli: [
                `aws bedrock-agent update-agent --region ${region} --agent-id ${id} --agent-name <NAME> --foundation-model <MODEL> --agent-resource-role-arn <ROLE ARN> --customer-encryption-key-arn <KEY ARN>`,
                `aws bedrock-agent prepare-agent --region ${region} --agent-id ${id}`,
              ],
              terraform: `resource "aws_bedrockagent_agent" "this" {
  customer_encryption_key_arn = aws_kms_key.agents.arn
}`,
            },
          })
        }),
      ),
    ),
}
