import {READS} from '../../../../src/lib/account/reads.js'
import type {AccountSnapshot, Part, ReadId, ReadItem, ReadValues} from '../../../../src/lib/account/snapshot.schema.js'

export const ACCOUNT = '111122223333'
export const REGION = 'eu-central-1'
const AT = '2026-11-20T08:00:00.000Z'

type Details = ReadValues['iam:authorization-details']
type Profile = ReadItem<'bedrock:inference-profiles'>
type Values = {readonly [Id in ReadId]?: ReadValues[Id] | {readonly denied: string}}

/** A snapshot that holds what is given, in one Region; a read given as `denied` was refused for that reason. */
export function buildSnapshot(values: Values): AccountSnapshot {
  const reads = Object.entries(values).map(([id, value]) => {
    const region = READS[id as ReadId].scope === 'regional' ? REGION : 'global'
    const action = READS[id as ReadId].actions[0] ?? id
    const place = {region, at: AT, action}
    const isDenied = typeof value === 'object' && value !== null && 'denied' in value
    if (isDenied) return [id, [{...place, status: 'denied', code: 'ACCESS_DENIED', reason: value.denied}]]
    return [id, [{...place, status: 'read', count: 0, gaps: [], value}]]
  })
  return {
    simulated: false,
    unread: [],
    kind: 'bedrockctl-account-snapshot',
    schemaVersion: 1,
    tool: {name: 'bedrockctl', version: '0.0.0'},
    takenAt: AT,
    complete: true,
    partition: 'aws',
    caller: {account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/reader`, userId: 'AIDA0'},
    regions: [{name: REGION, optIn: 'enabled-by-default'}],
    selection: Object.keys(values),
    reads: Object.fromEntries(reads),
  } as AccountSnapshot
}

export function part<Value>(value: Value): {readonly status: 'read'; readonly value: Value} {
  return {status: 'read', value}
}

export function refused(action: string, reason: string): Exclude<Part<never>, {status: 'read'}> {
  return {status: 'denied', action, code: 'ACCESS_DENIED', reason}
}

/** A policy that allows or denies actions on everything. */
export function policy(effect: 'Allow' | 'Deny', action: string, more: object = {}): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Sid: `${effect}It`, Effect: effect, Action: action, Resource: '*', ...more}],
  })
}

export function trust(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
  })
}

export function role(name: string, given: Partial<Details['roles'][number]> = {}): Details['roles'][number] {
  const path = given.path ?? '/'
  return {
    id: `AROA${name}`,
    arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
    name,
    path,
    createdAt: AT,
    inlinePolicies: [],
    attachedPolicies: [],
    trust: trust('ec2.amazonaws.com'),
    boundaryArn: null,
    lastUsedAt: null,
    lastUsedRegion: null,
    instanceProfiles: [],
    tags: [],
    ...given,
  }
}

export function user(name: string, given: Partial<Details['users'][number]> = {}): Details['users'][number] {
  return {
    id: `AIDA${name}`,
    arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
    name,
    path: '/',
    createdAt: AT,
    inlinePolicies: [],
    attachedPolicies: [],
    groups: [],
    boundaryArn: null,
    tags: [],
    ...given,
  }
}

export function managed(name: string, document: string | null, owner = ACCOUNT): Details['policies'][number] {
  return {
    arn: `arn:aws:iam::${owner}:policy/${name}`,
    name,
    document,
    defaultVersion: 'v1',
    attachments: 1,
    boundaryUses: 0,
    updatedAt: AT,
  }
}

export function details(given: Partial<Details>): Details {
  return {users: [], groups: [], roles: [], policies: [], ...given}
}

export function group(name: string, given: Partial<Details['groups'][number]> = {}): Details['groups'][number] {
  return {
    id: `AGPA${name}`,
    arn: `arn:aws:iam::${ACCOUNT}:group/${name}`,
    name,
    path: '/',
    createdAt: AT,
    inlinePolicies: [],
    attachedPolicies: [],
    ...given,
  }
}

const ORGANIZATION = {id: 'o-1', arn: 'arn:aws:organizations::999999999999:organization/o-1', featureSet: 'ALL'}

/** An organisation: a root, a unit and the account in it; control policies by the node they are attached to. */
export function organization(
  policies: Values['organizations:policies'],
  {managementAccount = '999999999999', policyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']} = {},
): Values {
  const node = {arn: '', status: null, policyTypes: []}
  return {
    'organizations:organization': {...ORGANIZATION, managementAccount},
    'organizations:tree': [
      {...node, id: 'r-1', kind: 'root', name: 'Root', parentId: null, policyTypes},
      {...node, id: 'ou-1', kind: 'unit', name: 'Workloads', parentId: 'r-1'},
      {...node, id: ACCOUNT, kind: 'account', name: 'app', parentId: 'ou-1'},
    ],
    'organizations:policies': policies ?? [],
  }
}

export function controlPolicy(
  id: string,
  content: string,
  targets: readonly string[],
  type = 'SERVICE_CONTROL_POLICY',
): ReadItem<'organizations:policies'> {
  return {id, arn: '', name: id, type, awsManaged: false, content: part(content), targets: part(targets)}
}

export function profile(id: string, regions: readonly string[], given: Partial<Profile> = {}): Profile {
  return {
    id,
    arn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/${id}`,
    name: id,
    type: 'SYSTEM_DEFINED',
    status: 'ACTIVE',
    modelArns: regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/m`),
    createdAt: null,
    updatedAt: null,
    tags: null,
    ...given,
  }
}

export function model(
  id: string,
  inferenceTypes: readonly string[] = ['ON_DEMAND'],
): ReadItem<'bedrock:foundation-models'> {
  return {
    id,
    arn: `arn:aws:bedrock:${REGION}::foundation-model/${id}`,
    name: id,
    provider: 'p',
    status: 'ACTIVE',
    legacyAt: null,
    extendedAccessAt: null,
    endOfLifeAt: null,
    inferenceTypes,
  }
}
