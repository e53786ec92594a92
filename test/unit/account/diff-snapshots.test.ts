import {describe, expect, test} from 'vitest'
import type {AccountDiff} from '../../../src/lib/account/diff/diff.schema.js'
import {diffSnapshots} from '../../../src/lib/account/diff/diff-snapshots.js'
import type {Readers} from '../../../src/lib/account/ports/readers.js'
import {READ_IDS} from '../../../src/lib/account/reads.js'
import type {ReadId, ReadItem, ReadValues} from '../../../src/lib/account/snapshot.schema.js'
import {collect, failing} from '../../support/fake-readers.js'

type Role = ReadValues['iam:authorization-details']['roles'][number]

async function diff(id: ReadId, before: Readers, after: Readers): Promise<AccountDiff> {
  const [old, now] = await Promise.all([collect([id], before), collect([id], after)])
  return diffSnapshots({file: 'a.json', snapshot: old}, {file: 'b.json', snapshot: now}, true)
}

const words = (result: AccountDiff) => result.changes.map((change) => change.words)

function router(arn: string, more: Partial<ReadItem<'bedrock:prompt-routers'>> = {}) {
  const base = {name: arn, type: 'custom', status: 'AVAILABLE', modelArns: ['m1', 'm2'], fallbackModelArn: 'm1'}
  return {arn, ...base, createdAt: null, ...more}
}

function routers(...items: ReturnType<typeof router>[]): Readers {
  return {'bedrock:prompt-routers': async () => items}
}

function roles(...items: readonly Partial<Role>[]): Readers {
  const base = {
    id: 'r',
    arn: 'arn:r',
    name: 'app',
    path: '/',
    createdAt: null,
    inlinePolicies: [],
    attachedPolicies: [],
  }
  const more = {trust: null, boundaryArn: null, lastUsedAt: null, lastUsedRegion: null, instanceProfiles: [], tags: []}
  return {
    'iam:authorization-details': async () => ({
      users: [],
      groups: [],
      policies: [],
      roles: items.map((item) => ({...base, ...more, ...item})),
    }),
  }
}

const statement = (action: string) => ({Effect: 'Allow', Action: action, Resource: '*'})
const policy = (...statements: object[]) => JSON.stringify({Version: '2012-10-17', Statement: statements})

describe('changes', () => {
  test('two snapshots of the same account differ in nothing', async () => {
    const result = await diff('bedrock:prompt-routers', routers(router('a')), routers(router('a')))

    expect(result).toMatchObject({changes: [], notCompared: [], gate: {passed: true}})
  })

  test('a resource that came, one that went and one that changed', async () => {
    const result = await diff(
      'bedrock:prompt-routers',
      routers(router('a'), router('b')),
      routers(router('b', {fallbackModelArn: 'm2'}), router('c')),
    )

    expect(words(result)).toEqual([
      'prompt router a in eu-west-1: removed',
      'prompt router b in eu-west-1: fallbackModelArn m1 → m2',
      'prompt router c in eu-west-1: added',
    ])
    expect(result.gate).toMatchObject({passed: false, failures: words(result)})
  })

  test('lists are compared by what stands in them, whatever the order', async () => {
    const reordered = await diff(
      'bedrock:prompt-routers',
      routers(router('a', {modelArns: ['m1', 'm2']})),
      routers(router('a', {modelArns: ['m2', 'm1']})),
    )
    const other = await diff(
      'bedrock:prompt-routers',
      routers(router('a', {modelArns: ['m1', 'm2']})),
      routers(router('a', {modelArns: ['m1', 'm3']})),
    )

    expect(reordered.changes).toEqual([])
    expect(words(other)).toEqual([
      'prompt router a in eu-west-1: modelArns lost m2',
      'prompt router a in eu-west-1: modelArns gained m3',
    ])
  })

  test('policies are compared statement by statement', async () => {
    const inline = (document: string) => roles({inlinePolicies: [{name: 'p', document}]})
    const result = await diff(
      'iam:authorization-details',
      inline(policy(statement('bedrock:InvokeModel'), statement('s3:GetObject'))),
      inline(policy(statement('s3:GetObject'), statement('bedrock:*'))),
    )

    expect(result.changes.map(({kind, before, after}) => [kind, before, after])).toEqual([
      ['statement-removed', 'Allow bedrock:InvokeModel on *', null],
      ['statement-added', null, 'Allow bedrock:* on *'],
    ])
    expect(words(result)[1]).toBe('role app (arn:r): inlinePolicies[p].document gained statement Allow bedrock:* on *')
  })

  test('the same policy in another order of members is the same', async () => {
    const inline = (document: string) => roles({inlinePolicies: [{name: 'p', document}]})
    const result = await diff(
      'iam:authorization-details',
      inline('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:B","c:D"],"Resource":"*"}]}'),
      inline('{"Statement":[{"Resource":"*","Action":["c:D","a:B"],"Effect":"Allow"}],"Version":"2012-10-17"}'),
    )

    expect(result.changes).toEqual([])
  })

  test('what moves by itself is no change', async () => {
    const result = await diff(
      'iam:authorization-details',
      roles({lastUsedAt: null}),
      roles({lastUsedAt: '2026-11-20T00:00:00.000Z', lastUsedRegion: 'eu-west-1'}),
    )

    expect(result.changes).toEqual([])
  })
})

describe('what only one snapshot could read', () => {
  test('a list that is denied now has lost nothing', async () => {
    const result = await diff('bedrock:prompt-routers', routers(router('a')), {
      'bedrock:prompt-routers': failing('ACCESS_DENIED', 'bedrock:ListPromptRouters'),
    })

    expect(result.changes).toEqual([])
    expect(result.notCompared).toMatchObject([{kind: 'no-longer-read', read: 'bedrock:prompt-routers'}])
    expect(result.gate?.passed).toBe(true)
  })

  test('a list that can be read now has gained nothing', async () => {
    const denied = {'bedrock:prompt-routers': failing('ACCESS_DENIED', 'bedrock:ListPromptRouters')}
    const result = await diff('bedrock:prompt-routers', denied, routers(router('a')))

    expect(result.changes).toEqual([])
    expect(result.notCompared).toMatchObject([{kind: 'newly-read'}])
  })

  test('a part that is denied now is no change of the resource', async () => {
    const job = (detail: ReadItem<'bedrock:import-jobs'>['detail']): Readers => ({
      'bedrock:import-jobs': async () => [
        {
          arn: 'j',
          name: 'j',
          status: 'Completed',
          createdAt: null,
          endedAt: null,
          modelArn: null,
          modelName: null,
          detail,
        },
      ],
    })
    const result = await diff(
      'bedrock:import-jobs',
      job({status: 'read', value: {roleArn: 'r', sourceUri: null, kmsKeyArn: 'k'}}),
      job({status: 'denied', action: 'bedrock:GetModelImportJob', code: 'ACCESS_DENIED', reason: 'no'}),
    )

    expect(result.changes).toEqual([])
    expect(result.notCompared).toMatchObject([{kind: 'no-longer-read', resource: 'j', field: 'detail'}])
  })

  test('a key that nobody could name any more is not gone', async () => {
    const key = {
      id: 'k1',
      uses: [],
      detail: {status: 'read', value: null},
      rotation: {status: 'read', value: {enabled: true, periodDays: null}},
      policy: {status: 'read', value: null},
    } satisfies ReadItem<'kms:keys'>
    const quiet = {'bedrock:guardrails': async () => [], 'bedrock:custom-models': async () => []}
    const result = await diff(
      'kms:keys',
      {...quiet, 'kms:keys': async () => [key]},
      {
        ...quiet,
        'bedrock:custom-models': failing('ACCESS_DENIED', 'bedrock:ListCustomModels'),
        'kms:keys': async () => [],
      },
    )

    expect(result.changes).toEqual([])
    expect(result.notCompared.map(({read, resource}) => [read, resource])).toContainEqual(['kms:keys', 'k1'])
  })
})

test('every read but observations is compared', async () => {
  const result = await diff(
    'cloudwatch:bedrock-metrics',
    {'cloudwatch:bedrock-metrics': async () => []},
    {
      'cloudwatch:bedrock-metrics': async () => [{namespace: 'AWS/Bedrock', name: 'Invocations', dimensions: {}}],
    },
  )

  expect(result.changes).toEqual([])
  expect(READ_IDS).toContain('cloudwatch:bedrock-metrics')
})
