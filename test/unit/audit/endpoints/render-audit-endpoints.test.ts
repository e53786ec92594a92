import {expect, test} from 'vitest'
import type {AuditEndpoints, MatrixVpc, PathCell} from '../../../../src/lib/audit/endpoints/audit-endpoints.schema.js'
import {auditEndpointsView} from '../../../../src/lib/audit/endpoints/render-audit-endpoints.js'
import {widthOf} from '../../../../src/lib/output/wrap.js'
import {reportOf} from '../../../support/audit-report.js'

const SCREEN = {width: 80, color: false, interactive: true, unicode: true}
const PIPE = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}
const NOTHING = {endpoint: null, state: null, vpc: null, zone: null, needed: false, because: null}

function cell(path: PathCell['path'], more: Partial<PathCell> = {}): PathCell {
  return {...NOTHING, service: 'bedrock-runtime', path, ...more}
}

function vpc(id: string, only: PathCell, more: Partial<MatrixVpc> = {}): MatrixVpc {
  return {id, name: null, isDefault: false, cidrs: ['10.0.0.0/16'], workloads: [], cells: [only], ...more}
}

function resultOf(vpcs: readonly MatrixVpc[], unseen: readonly string[] = []): AuditEndpoints {
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    kind: 'bedrockctl-audit-endpoints',
    services: ['bedrock-runtime'],
    regions: [{region: 'eu-central-1', notOffered: [], vpcs}],
    unseen,
    report: reportOf([]),
  }
}

const textOf = async (result: AuditEndpoints, terminal: typeof SCREEN, all = false) =>
  (await auditEndpointsView({all}).text?.(result, terminal)) ?? ''

test('every state of a path is a word, so that colour is never needed', async () => {
  const vpcs = [
    vpc('vpc-a', cell('private-dns')),
    vpc('vpc-b', cell('shared')),
    vpc('vpc-c', cell('no-dns')),
    vpc('vpc-d', cell('unavailable', {state: 'PendingAcceptance'})),
    vpc('vpc-e', cell('none', {needed: true})),
    vpc('vpc-f', cell('none')),
    vpc('vpc-g', cell('unknown')),
  ]

  const text = await textOf(resultOf(vpcs), PIPE)

  expect(text).toMatch(/bedrock-runtime +dns +zone +no-dns +pending +NONE +- +\?/)
})

test('a screen of 80 columns holds it, however many VPCs there are', async () => {
  const vpcs = Array.from({length: 30}, (_, at) =>
    vpc(`vpc-${String(at).padStart(17, '0')}`, cell('private-dns'), {name: `team-${at}`, workloads: ['claims']}),
  )

  const text = await textOf(resultOf(vpcs), SCREEN)

  expect(text.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
  expect(text).toContain('AD')
})

test('a Region without endpoints and need is a line, and a table with --all', async () => {
  const result = resultOf([vpc('vpc-a', cell('none'))])

  expect(await textOf(result, PIPE)).toContain('without known need: eu-central-1')
  expect(await textOf(result, PIPE, true)).toContain('How VPCs of eu-central-1 reach Bedrock')
})

test('names of strangers cannot steer the terminal, and what was not seen is said', async () => {
  const result = resultOf(
    [vpc('vpc-a', cell('private-dns'), {name: 'evil\u001B[31m'})],
    ['ec2:DescribeVpcs in us-east-1: denied'],
  )

  const text = await textOf(result, PIPE)

  expect(text).not.toContain('\u001B')
  expect(text).toContain('not seen: ec2:DescribeVpcs in us-east-1: denied')
})

test('machines get a row a cell', () => {
  const rows = auditEndpointsView({all: false}).rows(
    resultOf([vpc('vpc-a', cell('none')), vpc('vpc-b', cell('shared'))]),
  )

  expect(rows.map(({vpc: {id}, cell: {path}}) => [id, path])).toEqual([
    ['vpc-a', 'none'],
    ['vpc-b', 'shared'],
  ])
})
