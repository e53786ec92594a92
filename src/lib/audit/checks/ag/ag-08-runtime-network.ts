import {readPart} from '../../../account/read.js'
import type {Check} from '../../check.js'
import {configEvidence, inEachRegion, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'bedrock-agentcore:runtimes'

export const runtimeNetworkCheck: Check = {
  id: 'AG-08',
  family: 'AG',
  severity: 'high',
  title: 'An AgentCore runtime runs inside a VPC',
  why: 'A runtime in network mode PUBLIC reaches the internet directly: what the agent reads can leave by any host, past the endpoints and security groups of the account.',
  resource: 'agentcore-runtime',
  failsWhen: 'its network mode is PUBLIC',
  reads: [READ],
  references: [
    {
      title: 'Configure Amazon Bedrock AgentCore Runtime and tools for VPC',
      url: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (runtimes, region) =>
      runtimes.map(({arn, name, detail}) => {
        const place = {region, resource: {type: 'agentcore-runtime', id: arn, name}}
        const reading = readPart(detail)
        if (reading.state === 'unread') return judgeResource(place, {defects: [], gaps: [missingOf(reading)], fine: ''})
        const mode = reading.value.network?.mode ?? null
        return judgeResource(place, {
          defects: mode?.toUpperCase() === 'PUBLIC' ? ['Its network mode is PUBLIC'] : [],
          gaps: mode === null ? [{action: READ, code: 'ABSENT', reason: 'the answer names no network mode'}] : [],
          fine: `Its network mode is ${mode}`,
          evidence: [configEvidence(`networkMode ${mode ?? 'absent'}`, READ, region)],
          fix: {
            summary: 'Update the runtime to network mode VPC, with private subnets and a security group of its own.',
            cli: [
              `aws bedrock-agentcore-control update-agent-runtime --region ${region} --agent-runtime-id <ID> --agent-runtime-artifact <ARTIFACT> --role-arn <ROLE> --network-configuration '{"networkMode":"VPC","networkModeConfig":{"subnets":["<SUBNET>"],"securityGroups":["<SG>"]}}'`,
            ],
          },
        })
      }),
    ),
}
