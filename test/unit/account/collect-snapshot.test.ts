import {describe, expect, test} from 'vitest'
import {read} from '../../../src/lib/account/read.js'
import type {ReadItem} from '../../../src/lib/account/snapshot.schema.js'
import {collect, failing, failure, NOW} from '../../support/fake-readers.js'

type Vpc = ReadItem<'ec2:vpcs'>

function vpc(id: string): Vpc {
  return {
    id,
    cidrs: ['10.0.0.0/16'],
    isDefault: false,
    owner: null,
    state: 'available',
    dnsSupport: {status: 'read', value: true},
    dnsHostnames: {status: 'read', value: true},
    tags: [],
  }
}

describe('what was read', () => {
  test('stands under its read and its Region, with the moment and the number of resources', async () => {
    const snapshot = await collect(
      ['ec2:vpcs'],
      {'ec2:vpcs': async ({region}) => [vpc(`vpc-${region}`)]},
      {
        regions: ['eu-west-1', 'us-east-1'],
      },
    )

    expect(snapshot.reads['ec2:vpcs']?.map(({region, status, at}) => [region, status, at])).toEqual([
      ['eu-west-1', 'read', NOW.toISOString()],
      ['us-east-1', 'read', NOW.toISOString()],
    ])
    expect(snapshot.reads['ec2:vpcs']?.[0]).toMatchObject({count: 1, action: 'ec2:DescribeVpcs', gaps: []})
    expect(read(snapshot, 'ec2:vpcs', 'us-east-1')).toMatchObject({state: 'read', value: [{id: 'vpc-us-east-1'}]})
    expect(snapshot).toMatchObject({complete: true, unread: [], tool: {version: '1.2.3'}, partition: 'aws'})
  })

  test('a read that belongs to no Region is made once, in the home Region', async () => {
    const asked: string[] = []
    const snapshot = await collect(
      ['ce:anomaly-monitors'],
      {
        'ce:anomaly-monitors': async ({region}) => {
          asked.push(region)
          return []
        },
      },
      {regions: ['us-east-1', 'us-west-2']},
    )

    expect(asked).toEqual(['eu-west-1'])
    expect(snapshot.reads['ce:anomaly-monitors']?.map(({region}) => region)).toEqual(['global'])
  })

  test('a read that is narrowed asks about these things alone, and builds on nothing else', async () => {
    const asked: string[] = []
    const snapshot = await collect(
      ['s3:buckets'],
      {
        's3:buckets': async (_, buckets) => {
          asked.push(...buckets.map(({name}) => name))
          return []
        },
      },
      {narrowed: {'s3:buckets': {dependsOn: [], subjects: () => [{name: 'staging', uses: []}]}}},
    )

    expect(asked).toEqual(['staging'])
    expect(snapshot.selection).toEqual(['s3:buckets'])
    expect(read(snapshot, 's3:buckets').state).toBe('read')
  })

  test('what a read builds on is read first and tells it what to ask', async () => {
    const asked: (readonly string[])[] = []
    const snapshot = await collect(['route53:vpc-hosted-zones'], {
      'ec2:vpcs': async () => [vpc('vpc-1'), vpc('vpc-2')],
      'route53:vpc-hosted-zones': async (_, ids) => {
        asked.push(ids)
        return []
      },
    })

    expect(asked).toEqual([['vpc-1', 'vpc-2']])
    expect(snapshot.selection).toEqual(['ec2:vpcs', 'route53:vpc-hosted-zones'])
  })
})

describe('what could not be read', () => {
  test('is recorded with action and reason, and the rest goes on', async () => {
    const snapshot = await collect(['ec2:vpcs', 'ec2:subnets'], {
      'ec2:vpcs': failing('ACCESS_DENIED', 'ec2:DescribeVpcs'),
      'ec2:subnets': async () => [],
    })

    expect(read(snapshot, 'ec2:vpcs', 'eu-west-1')).toEqual({
      state: 'unread',
      status: 'denied',
      action: 'ec2:DescribeVpcs',
      code: 'ACCESS_DENIED',
      reason: 'ec2:DescribeVpcs failed with ACCESS_DENIED.',
    })
    expect(read(snapshot, 'ec2:subnets', 'eu-west-1')).toEqual({state: 'read', value: []})
    expect(snapshot.unread).toMatchObject([{region: 'eu-west-1', action: 'ec2:DescribeVpcs', code: 'ACCESS_DENIED'}])
  })

  test.each([
    ['THROTTLED', 'service', 'throttled'],
    ['UNREACHABLE', 'service', 'unreachable'],
    ['REGION_NOT_ENABLED', 'access', 'not-enabled'],
    ['SERVICE_ERROR', 'service', 'failed'],
    ['CREDENTIALS_EXPIRED', 'access', 'denied'],
  ] as const)('%s is told as such', async (code, fault, status) => {
    const snapshot = await collect(['ec2:vpcs'], {'ec2:vpcs': failing(code, 'ec2:DescribeVpcs', fault)})

    expect(snapshot.reads['ec2:vpcs']?.[0]?.status).toBe(status)
  })

  test('a part that failed leaves a gap in a read that stands', async () => {
    const snapshot = await collect(['ec2:vpcs'], {
      'ec2:vpcs': async (context) => {
        const dnsSupport = await context.part('ec2:DescribeVpcAttribute', async () => {
          throw failure('ACCESS_DENIED', 'ec2:DescribeVpcAttribute')
        })
        return [{...vpc('vpc-1'), dnsSupport, dnsHostnames: dnsSupport}]
      },
    })

    expect(snapshot.reads['ec2:vpcs']?.[0]).toMatchObject({
      status: 'read',
      gaps: [{action: 'ec2:DescribeVpcAttribute', code: 'ACCESS_DENIED', count: 1}],
      value: [{dnsSupport: {status: 'denied', code: 'ACCESS_DENIED'}}],
    })
    expect(snapshot.unread).toMatchObject([{action: 'ec2:DescribeVpcAttribute'}])
  })

  test('a read whose sources are all unread is skipped, and the failure is told once', async () => {
    const snapshot = await collect(['route53:vpc-hosted-zones'], {
      'ec2:vpcs': failing('ACCESS_DENIED', 'ec2:DescribeVpcs'),
      'route53:vpc-hosted-zones': async () => [],
    })

    expect(read(snapshot, 'route53:vpc-hosted-zones', 'eu-west-1')).toMatchObject({
      status: 'skipped',
      code: 'DEPENDENCY_UNREAD',
    })
    expect(snapshot.unread.map(({action}) => action)).toEqual(['ec2:DescribeVpcs'])
  })

  test('a read one of whose sources is unread says that it is not everything', async () => {
    const snapshot = await collect(['logs:log-groups', 'kms:keys'], {
      'bedrock:invocation-logging': async () => null,
      'logs:log-groups': async () => [],
      'bedrock:guardrails': failing('ACCESS_DENIED', 'bedrock:ListGuardrails'),
      'kms:keys': async () => [],
    })

    expect(snapshot.reads['kms:keys']?.[0]).toMatchObject({
      status: 'read',
      gaps: expect.arrayContaining([
        expect.objectContaining({code: 'DEPENDENCY_UNREAD', action: 'bedrock:ListGuardrails'}),
      ]),
    })
  })

  test('a defect of ours is not taken for an unread call', async () => {
    const broken = collect(['ec2:vpcs'], {
      'ec2:vpcs': async () => {
        throw new TypeError('a bug')
      },
    })

    await expect(broken).rejects.toThrow('a bug')
  })
})

describe('Regions', () => {
  test('one that is not enabled is not called', async () => {
    const asked: string[] = []
    const snapshot = await collect(
      ['ec2:vpcs'],
      {
        'ec2:vpcs': async ({region}) => {
          asked.push(region)
          return []
        },
      },
      {
        regions: ['eu-west-1', 'eu-south-2'],
        named: [],
        optIns: {'eu-south-2': 'disabled', 'eu-west-1': 'enabled-by-default'},
      },
    )

    expect(asked).toEqual(['eu-west-1'])
    expect(read(snapshot, 'ec2:vpcs', 'eu-south-2')).toMatchObject({status: 'not-enabled'})
    expect(snapshot.unread).toEqual([])
    expect(snapshot.regions).toEqual([
      {name: 'eu-west-1', optIn: 'enabled-by-default'},
      {name: 'eu-south-2', optIn: 'disabled'},
    ])
  })

  test('one that is not enabled counts as unread when it was named', async () => {
    const snapshot = await collect(
      ['ec2:vpcs'],
      {'ec2:vpcs': async () => []},
      {
        regions: ['eu-south-2'],
        optIns: {'eu-south-2': 'disabled'},
      },
    )

    expect(snapshot.unread).toMatchObject([{region: 'eu-south-2', code: 'REGION_NOT_ENABLED'}])
  })

  test('a host that is not there is no failure where the service is not offered', async () => {
    const readers = {'bedrock-agent:prompts': failing('UNREACHABLE', 'bedrock:ListPrompts', 'service')}

    const without = await collect(['bedrock-agent:prompts'], readers, {isOffered: () => false})
    const unknown = await collect(['bedrock-agent:prompts'], readers)

    expect(without.reads['bedrock-agent:prompts']?.[0]).toMatchObject({status: 'skipped', code: 'NOT_OFFERED'})
    expect(without.unread).toEqual([])
    expect(unknown.reads['bedrock-agent:prompts']?.[0]).toMatchObject({status: 'unreachable'})
    expect(unknown.unread).toHaveLength(1)
  })
})

describe('an interruption', () => {
  test('keeps what is whole and says that the rest is missing', async () => {
    const stop = new AbortController()
    const snapshot = await collect(
      ['ec2:vpcs', 'ec2:subnets'],
      {
        'ec2:vpcs': async () => [vpc('vpc-1')],
        'ec2:subnets': async () => {
          stop.abort()
          throw failure('INTERRUPTED', 'ec2:DescribeSubnets', 'interrupted')
        },
      },
      {signal: stop.signal},
    )

    expect(snapshot.complete).toBe(false)
    expect(read(snapshot, 'ec2:vpcs', 'eu-west-1').state).toBe('read')
    expect(snapshot.reads['ec2:subnets']).toBeUndefined()
    expect(read(snapshot, 'ec2:subnets', 'eu-west-1')).toMatchObject({state: 'unread', code: 'NOT_COLLECTED'})
  })
})

describe('resuming', () => {
  test('whole and recent entries stay; what failed, has gaps or is missing is read again', async () => {
    const snapshot = await collect(['ec2:vpcs', 'ec2:subnets'], {
      'ec2:vpcs': async () => [vpc('vpc-old')],
      'ec2:subnets': failing('THROTTLED', 'ec2:DescribeSubnets', 'service'),
    })
    const asked: string[] = []

    const resumed = await collect(
      ['ec2:vpcs', 'ec2:subnets'],
      {
        'ec2:vpcs': async () => {
          asked.push('vpcs')
          return []
        },
        'ec2:subnets': async () => {
          asked.push('subnets')
          return []
        },
      },
      {resume: {snapshot, maxAgeMs: 60_000}, now: new Date(NOW.getTime() + 30_000)},
    )

    expect(asked).toEqual(['subnets'])
    expect(resumed).toMatchObject({complete: true, unread: []})
    expect(read(resumed, 'ec2:vpcs', 'eu-west-1')).toMatchObject({value: [{id: 'vpc-old'}]})
  })

  test('entries that are too old are read again', async () => {
    const snapshot = await collect(['ec2:vpcs'], {'ec2:vpcs': async () => [vpc('vpc-old')]})

    const resumed = await collect(
      ['ec2:vpcs'],
      {'ec2:vpcs': async () => [vpc('vpc-new')]},
      {
        resume: {snapshot, maxAgeMs: 60_000},
        now: new Date(NOW.getTime() + 61_000),
      },
    )

    expect(read(resumed, 'ec2:vpcs', 'eu-west-1')).toMatchObject({value: [{id: 'vpc-new'}]})
  })

  test('the snapshot of another account is refused', async () => {
    const snapshot = await collect(['ec2:vpcs'], {'ec2:vpcs': async () => []}, {account: '444455556666'})

    const resumed = collect(['ec2:vpcs'], {'ec2:vpcs': async () => []}, {resume: {snapshot, maxAgeMs: 60_000}})

    await expect(resumed).rejects.toMatchObject({code: 'SNAPSHOT_OF_OTHER_ACCOUNT', fault: 'usage'})
  })
})
