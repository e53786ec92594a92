import {spawnSync} from 'node:child_process'
import {childEnvironment} from '../../scripts/child-environment.js'
import type {AccountSnapshot, Entry, Reads} from '../../src/lib/account/snapshot.schema.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'

type Role = Details['roles'][number]
type Details = Extract<NonNullable<Reads['iam:authorization-details']>[number], {status: 'read'}>['value']
type Tree = Readonly<Record<string, unknown>>

export interface LargeSnapshot {
  readonly principals: number
  /** Managed policies that they share; each near the 6,144 characters that IAM takes. */
  readonly policies: number
  readonly regions: number
}

const SOURCE = 'us-east-1'
/** How often what one Region of the demo account holds stands in each Region: what accounts have most of. */
const COPIES: Readonly<Record<string, number>> = {
  'bedrock:guardrails': 10,
  'bedrock-agent:agents': 30,
  'bedrock-agent:knowledge-bases': 30,
  'ec2:network-interfaces': 200,
  'ec2:security-groups': 120,
  'ec2:subnets': 80,
  'kms:keys': 30,
}

/** A snapshot like one of a large company: the demo account of the sandbox, many times over. */
export async function largeSnapshot({principals, policies, regions}: LargeSnapshot): Promise<AccountSnapshot> {
  const demo = takeDemo()
  const names = (await openCatalog()).regions
    .filter(({partition, optIn}) => partition === 'aws' && optIn === false)
    .map(({name}) => name)
    .slice(0, regions)
  const reads = Object.entries(demo.reads).map(([id, entries]) => [
    id,
    (entries as readonly Entry<unknown>[]).flatMap((entry) =>
      entry.region === SOURCE
        ? names.map((region) => inRegion(id, entry, region))
        : [id === 'iam:authorization-details' ? withPrincipals(entry as Entry<Details>, principals, policies) : entry],
    ),
  ])
  return {
    ...demo,
    regions: names.map((name) => ({name, optIn: 'enabled-by-default'})),
    reads: Object.fromEntries(reads) as Reads,
  }
}

/** Resources that a snapshot says it holds. */
export function resourcesOf({reads}: AccountSnapshot): number {
  const entries = Object.values(reads).flat() as readonly Entry<unknown>[]
  return entries.reduce((sum, entry) => sum + (entry.status === 'read' ? entry.count : 0), 0)
}

function takeDemo(): AccountSnapshot {
  const words = ['account', 'snapshot', '--sandbox=demo', '--region', SOURCE, '--for', 'audit', '--json']
  const {stdout, status, stderr} = spawnSync(process.execPath, ['bin/run.js', ...words], {
    encoding: 'utf8',
    env: childEnvironment({}),
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0 && status !== 6) throw new Error(`account snapshot ended with ${status}\n${stderr}`)
  return JSON.parse(stdout)
}

function inRegion(id: string, entry: Entry<unknown>, region: string): Entry<unknown> {
  const there = JSON.parse(JSON.stringify(entry).replaceAll(SOURCE, region)) as Entry<unknown>
  if (there.status !== 'read' || !Array.isArray(there.value) || COPIES[id] === undefined) return there
  const value = Array.from({length: COPIES[id]}, () => there.value as readonly Tree[]).flatMap((list, copy) =>
    list.map((one) => ({...one, id: `${String(one['id'])}${copy}`, arn: `${String(one['arn'] ?? one['id'])}${copy}`})),
  )
  return {...there, count: value.length, value}
}

function withPrincipals(entry: Entry<Details>, principals: number, policies: number): Entry<Details> {
  if (entry.status !== 'read') return entry
  const {value} = entry
  const [template] = value.roles
  if (template === undefined) throw new Error('the demo account has no role')
  const shared = Array.from({length: policies}, (_, index) => policyOf(index))
  const roles = Array.from({length: principals}, (_, index): Role => {
    const name = `workload-${index}`
    const arn = template.arn.replace(/[^/]+$/, name)
    const attached = [shared[index % policies], shared[(index * 7) % policies]].flatMap((one) => one?.arn ?? [])
    return {
      ...template,
      name,
      arn,
      id: `AROA${index}`,
      attachedPolicies: [...new Set(attached)],
      inlinePolicies: inlineOf(index),
    }
  })
  const all = {...value, roles: [...value.roles, ...roles], policies: [...value.policies, ...shared]}
  return {...entry, count: entry.count + principals + policies, value: all}
}

/** A third of the principals has a policy of its own. */
function inlineOf(index: number): Role['inlinePolicies'] {
  if (index % 3 !== 0) return []
  const statement = {Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::team-${index}/*`}
  return [{name: 'own', document: JSON.stringify({Version: '2012-10-17', Statement: [statement]})}]
}

function policyOf(index: number): Details['policies'][number] {
  const mentionsBedrock = index % 4 === 0
  const statements = Array.from({length: 40}, (_, at) => ({
    Sid: `S${at}`,
    Effect: 'Allow',
    Action: mentionsBedrock && at < 4 ? ['bedrock:InvokeModel', 'bedrock:Get*'] : ['s3:GetObject', 'sqs:SendMessage'],
    Resource:
      mentionsBedrock && at < 4
        ? `arn:aws:bedrock:*::foundation-model/anthropic.*-${at}`
        : `arn:aws:s3:::team-${index}-${at}/*`,
  }))
  return {
    arn: `arn:aws:iam::111122223333:policy/shared-${index}`,
    name: `shared-${index}`,
    document: JSON.stringify({Version: '2012-10-17', Statement: statements}),
    defaultVersion: 'v1',
    attachments: 1,
    boundaryUses: 0,
    updatedAt: null,
  }
}
