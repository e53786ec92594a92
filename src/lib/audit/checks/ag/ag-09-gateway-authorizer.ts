import {readPart} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import type {Check, Judged} from '../../check.js'
import {configEvidence, inEachRegion, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'bedrock-agentcore:gateways'

export const gatewayAuthorizerCheck: Check = {
  id: 'AG-09',
  family: 'AG',
  severity: 'high',
  title: 'An AgentCore gateway asks who calls',
  why: 'Without an inbound authorizer anybody who knows the address of the gateway may list and call its tools, with the permissions of the role of the gateway.',
  resource: 'agentcore-gateway',
  failsWhen: 'its inbound authorizer is NONE or absent',
  reads: [READ],
  references: [
    {
      title: 'Set up inbound authorization for your gateway',
      url: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (gateways, region) => gateways.map((gateway) => judgeGateway(gateway, region))),
}

function judgeGateway({id, arn, name, authorizerType, detail}: ReadItem<typeof READ>, region: string): Judged {
  const reading = readPart(detail)
  // The list names the authorizer too; the detail is the newer answer.
  const type = (reading.state === 'read' ? reading.value.authorizerType : null) ?? authorizerType
  const none = type === null || type.toUpperCase() === 'NONE'
  const untold = type === null && reading.state === 'unread'
  return judgeResource(
    {region, resource: {type: 'agentcore-gateway', id: arn ?? id, name}},
    {
      defects: none && !untold ? [`Its inbound authorizer is ${type === null ? 'absent' : 'NONE'}`] : [],
      gaps: untold ? [missingOf(reading)] : [],
      fine: `Its inbound authorizer is ${type}`,
      evidence: [configEvidence(`authorizerType ${type ?? 'absent'}`, READ, region)],
      fix: {
        summary: 'Set IAM or JWT as the inbound authorizer of the gateway, and let callers sign their requests.',
        cli: [
          `aws bedrock-agentcore-control update-gateway --region ${region} --gateway-identifier ${id} --name ${name || '<NAME>'} --role-arn <ROLE> --protocol-type MCP --authorizer-type AWS_IAM`,
        ],
        terraform: `resource "aws_bedrockagentcore_gateway" "this" {
  # …
  authorizer_type = "AWS_IAM"
}`,
      },
    },
  )
}
