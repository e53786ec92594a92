import {expect, test} from 'vitest'
import type {PathCell} from '../../../../src/lib/audit/endpoints/audit-endpoints.schema.js'
import {networkMatrix} from '../../../../src/lib/audit/endpoints/network-matrix.js'
import {contextOf} from '../../../support/audit-case.js'

const REGION = 'eu-central-1'
const HOST = `bedrock-runtime.${REGION}.amazonaws.com`
const APPS = 'vpc-11111111'
const CENTRAL = 'vpc-22222222'

const vpc = (id: string, more: object = {}) => ({
  id,
  cidrs: ['10.0.0.0/16'],
  dnsSupport: true,
  dnsHostnames: true,
  ...more,
})
const endpoint = (id: string, service: string, more: object = {}) => ({
  id,
  type: 'Interface',
  vpcId: APPS,
  service: `com.amazonaws.${REGION}.${service}`,
  state: 'available',
  privateDns: true,
  ...more,
})

function matrixOf(reads: Readonly<Record<string, unknown>>, project: Readonly<Record<string, unknown>> = {}) {
  return networkMatrix(contextOf({project, reads}))
}

function cell(matrix: ReturnType<typeof matrixOf>, vpcId: string, service: string): PathCell | undefined {
  const found = matrix.regions.flatMap(({vpcs}) => vpcs).find(({id}) => id === vpcId)
  return found?.cells.find((one) => one.service === service)
}

test('a VPC has a cell for every service, each by its own endpoint', () => {
  const matrix = matrixOf({
    'ec2:vpcs': {[REGION]: [vpc(APPS)]},
    'ec2:vpc-endpoints': {
      [REGION]: [
        endpoint('vpce-a', 'bedrock'),
        endpoint('vpce-b', 'bedrock-agent', {privateDns: false}),
        endpoint('vpce-c', 'bedrock-mantle', {state: 'PendingAcceptance'}),
      ],
    },
  })

  const paths = matrix.services.map((service) => [service, cell(matrix, APPS, service)?.path])

  expect(paths).toEqual([
    ['bedrock', 'private-dns'],
    ['bedrock-runtime', 'none'],
    ['bedrock-agent', 'no-dns'],
    ['bedrock-agent-runtime', 'none'],
    ['bedrock-mantle', 'unavailable'],
    ['bedrock-agentcore', 'none'],
    ['bedrock-agentcore-control', 'none'],
    ['bedrock-agentcore.gateway', 'none'],
  ])
})

test('a central endpoint is shared with the VPC whose zone leads to it', () => {
  const records = [{name: HOST, type: 'A', aliasTarget: 'vpce-a-x.example'}]
  const matrix = matrixOf({
    'ec2:vpcs': {[REGION]: [vpc(APPS), vpc(CENTRAL)]},
    'ec2:vpc-endpoints': {
      [REGION]: [endpoint('vpce-a', 'bedrock-runtime', {vpcId: CENTRAL, dnsNames: [{name: 'vpce-a-x.example'}]})],
    },
    'route53:vpc-hosted-zones': {
      [REGION]: [{vpcId: APPS, zones: [{name: HOST, owner: '111122223333', records}]}],
    },
  })

  expect(cell(matrix, APPS, 'bedrock-runtime')).toMatchObject({
    path: 'shared',
    endpoint: 'vpce-a',
    vpc: CENTRAL,
    zone: HOST,
  })
  expect(cell(matrix, CENTRAL, 'bedrock-runtime')).toMatchObject({path: 'private-dns', zone: null})
})

test('private DNS does not answer in a VPC whose DNS is off', () => {
  const matrix = matrixOf({
    'ec2:vpcs': {[REGION]: [vpc(APPS, {dnsHostnames: false})]},
    'ec2:vpc-endpoints': {[REGION]: [endpoint('vpce-a', 'bedrock-runtime')]},
  })

  expect(cell(matrix, APPS, 'bedrock-runtime')?.path).toBe('no-dns')
})

test('a service that a declared workload uses is needed in its VPC, which comes first', () => {
  const matrix = matrixOf(
    {'ec2:vpcs': {[REGION]: [vpc('vpc-00000000', {isDefault: true}), vpc(CENTRAL), vpc(APPS)]}},
    {workloads: [{name: 'claims', vpc: APPS, regions: [REGION]}]},
  )

  expect(matrix.regions.flatMap(({vpcs}) => vpcs.map(({id}) => id))).toEqual([APPS, CENTRAL, 'vpc-00000000'])
  expect(cell(matrix, APPS, 'bedrock-runtime')).toMatchObject({path: 'none', needed: true})
  expect(cell(matrix, CENTRAL, 'bedrock-runtime')?.needed).toBe(false)
})

test('what was not read is a question mark and a line, never a gap', () => {
  const matrix = matrixOf({
    'ec2:vpcs': {[REGION]: [vpc(APPS)]},
    'ec2:vpc-endpoints': {unread: 'denied'},
  })

  expect(cell(matrix, APPS, 'bedrock-runtime')).toMatchObject({path: 'unknown', endpoint: null})
  expect(matrix.unseen).toEqual([expect.stringContaining('ec2:DescribeVpcEndpoints in eu-central-1')])
})

test('a service without endpoints in the Region is told, where the list was read', () => {
  const matrix = matrixOf({
    'ec2:vpcs': {[REGION]: [vpc(APPS)]},
    'ec2:vpc-endpoint-services': {
      [REGION]: ['bedrock', 'bedrock-runtime'].map((name) => ({service: `com.amazonaws.${REGION}.${name}`})),
    },
  })

  expect(matrix.regions[0]?.notOffered).toContain('bedrock-agentcore')
  expect(matrix.regions[0]?.notOffered).not.toContain('bedrock-runtime')
})
