import {describe, expect, test} from 'vitest'
import cloudtrail from '../../../../src/lib/sandbox/fakes/cloudtrail.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const STORE = '00000000-0000-4000-a000-000000000001'
const {context, advance} = aWorld({
  regions: {
    'us-east-1': {
      trails: [
        {name: 'all-regions', bucket: 'trail', startedOn: '-90d'},
        {name: 'here-only', bucket: 'trail', multiRegion: false, logging: false, startedOn: '-90d', selectors: []},
      ],
      eventDataStores: [{id: STORE, name: 'lake', createdOn: '-90d'}],
      events: [
        {
          name: 'Converse',
          by: 'role/app/i-1',
          minutesAgo: 30,
          times: 60,
          model: 'eu.model',
          inferenceRegion: 'eu-west-1',
        },
        {
          name: 'InvokeModel',
          by: 'user/alice',
          minutesAgo: 45,
          readOnly: false,
          error: {code: 'AccessDenied', message: 'no'},
        },
        {name: 'CreateKey', source: 'kms.amazonaws.com', by: 'root', minutesAgo: 10, readOnly: false},
        {name: 'Converse', by: 'user/alice', minutesAgo: 131_000, bearerToken: true},
      ],
    },
  },
})
const here = context()
const there = context({region: 'eu-west-1'})
const ARN = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/all-regions'

describe('trails', () => {
  test('a multi-Region trail is seen everywhere, another at home alone', async () => {
    const names = async (input: {includeShadowTrails?: boolean}, at = there) =>
      (await ask(cloudtrail, 'DescribeTrails', input, at)).trailList?.map(({Name}) => Name)

    expect(await names({}, here)).toEqual(['all-regions', 'here-only'])
    expect(await names({})).toEqual(['all-regions'])
    expect(await names({includeShadowTrails: false})).toEqual([])
  })

  test('names find trails at home, ARNs wherever they are seen; unknown names are left out of a list', async () => {
    const described = await ask(cloudtrail, 'DescribeTrails', {trailNameList: [ARN, 'nothing', 'here-only']}, there)

    expect(described.trailList?.map(({Name, HomeRegion}) => [Name, HomeRegion])).toEqual([['all-regions', 'us-east-1']])
    await expect(ask(cloudtrail, 'GetTrailStatus', {Name: 'all-regions'}, there)).rejects.toMatchObject({
      name: 'TrailNotFoundException',
    })
    expect(await ask(cloudtrail, 'GetTrailStatus', {Name: ARN}, there)).toMatchObject({IsLogging: true})
  })

  test.each([
    ['x', 'InvalidTrailNameException'],
    ['arn:aws:s3:::x', 'CloudTrailARNInvalidException'],
    ['nothing', 'TrailNotFoundException'],
  ])('the name %s answers %s', async (Name, name) => {
    await expect(ask(cloudtrail, 'GetTrail', {Name}, here)).rejects.toMatchObject({name})
  })

  test('without selectors of its own a trail records all management events', async () => {
    const selectors = await ask(cloudtrail, 'GetEventSelectors', {TrailName: 'all-regions'}, here)
    const {Trail} = await ask(cloudtrail, 'GetTrail', {Name: 'all-regions'}, here)

    expect(selectors.EventSelectors).toMatchObject([{ReadWriteType: 'All', IncludeManagementEvents: true}])
    expect(Trail?.HasCustomEventSelectors).toBe(false)
  })

  test('a list of event data stores leaves the details to GetEventDataStore', async () => {
    const {EventDataStores: [listed] = []} = await ask(cloudtrail, 'ListEventDataStores', {}, here)
    const store = await ask(cloudtrail, 'GetEventDataStore', {EventDataStore: listed?.EventDataStoreArn ?? ''}, here)

    expect(Object.keys(listed ?? {})).toEqual(['EventDataStoreArn', 'Name'])
    expect(store).toMatchObject({Status: 'ENABLED', MultiRegionEnabled: true})
    const other = STORE.replace('0001', '0002')
    await expect(ask(cloudtrail, 'GetEventDataStore', {EventDataStore: other}, here)).rejects.toMatchObject({
      name: 'EventDataStoreNotFoundException',
    })
  })
})

describe('the event history', () => {
  test('comes newest first, fifty at a time, and no older than ninety days', async () => {
    const first = await ask(cloudtrail, 'LookupEvents', {}, here)
    const second = await ask(cloudtrail, 'LookupEvents', {NextToken: first.NextToken}, here)
    const events = [...(first.Events ?? []), ...(second.Events ?? [])]

    expect([first.Events?.length, events.length, second.NextToken]).toEqual([50, 62, undefined])
    expect(events[0]?.EventName).toBe('CreateKey')
    const times = events.map(({EventTime}) => EventTime?.getTime() ?? 0)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(events.map(({EventId}) => EventId)).size).toBe(62)
  })

  test.each([
    ['EventSource', 'kms.amazonaws.com', 1],
    ['EventName', 'Converse', 60],
    ['Username', 'alice', 1],
    ['ReadOnly', 'false', 2],
    ['ResourceName', 'eu.model', 60],
    ['ResourceType', 'AWS::Bedrock::Model', 60],
    ['EventName', 'converse', 0],
  ] as const)('the attribute %s=%s finds %i', async (AttributeKey, AttributeValue, count) => {
    let found = 0
    let NextToken: string | undefined
    do {
      const page = await ask(
        cloudtrail,
        'LookupEvents',
        {LookupAttributes: [{AttributeKey, AttributeValue}], NextToken},
        here,
      )
      found += page.Events?.length ?? 0
      NextToken = page.NextToken
    } while (NextToken !== undefined)

    expect(found).toBe(count)
  })

  test('a record says who called what, from where, and where it was served', async () => {
    const attributes = {
      LookupAttributes: [{AttributeKey: 'EventName' as const, AttributeValue: 'Converse'}],
      MaxResults: 1,
    }
    const {Events: [event] = []} = await ask(cloudtrail, 'LookupEvents', attributes, here)

    expect(JSON.parse(event?.CloudTrailEvent ?? '{}')).toMatchObject({
      eventTime: '2026-11-21T11:30:00Z',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/app/i-1',
        sessionContext: {sessionIssuer: {arn: 'arn:aws:iam::111122223333:role/app'}},
      },
      requestParameters: {modelId: 'eu.model'},
      additionalEventData: {inferenceRegion: 'eu-west-1'},
      tlsDetails: {clientProvidedHostHeader: 'bedrock-runtime.us-east-1.amazonaws.com'},
      managementEvent: true,
    })
  })

  test('a time range narrows it; a reversed one, two attributes and a strange token are refused', async () => {
    const [StartTime, EndTime] = [new Date('2026-11-21T11:10:00Z'), new Date('2026-11-21T11:20:00Z')]
    const {Events} = await ask(cloudtrail, 'LookupEvents', {StartTime, EndTime}, here)
    const attribute = {AttributeKey: 'EventName' as const, AttributeValue: 'Converse'}

    expect(Events?.map(({EventName}) => EventName)).toEqual(['InvokeModel'])
    for (const [input, name] of [
      [{StartTime: EndTime, EndTime: StartTime}, 'InvalidTimeRangeException'],
      [{LookupAttributes: [attribute, attribute]}, 'InvalidLookupAttributesException'],
      [{NextToken: 'strange'}, 'InvalidNextTokenException'],
    ] as const) {
      await expect(ask(cloudtrail, 'LookupEvents', input as object, here)).rejects.toMatchObject({name})
    }
  })

  test('events grow old with the clock', async () => {
    advance(90 * 86_400_000)

    expect((await ask(cloudtrail, 'LookupEvents', {}, context())).Events).toEqual([])
  })
})
