import {PutMetricData$} from '@aws-sdk/client-cloudwatch'
import {DescribeRegions$} from '@aws-sdk/client-ec2'
import {AssumeRole$, GetCallerIdentity$} from '@aws-sdk/client-sts'
import {NormalizedSchema} from '@smithy/core/schema'
import {expect, test} from 'vitest'
import {formValue, parseForm, readForm, writeQueryAnswer} from '../../../../src/lib/sandbox/wire/query.js'
import {Operation} from '../../../../src/lib/sandbox/wire/schema.js'

const sts = {requestId: 'id-1', xmlNamespace: 'urn:sts', ec2: false}

test('a list is read in the order of its indices, not of its parameters', () => {
  const form = parseForm('PolicyArns.member.10.arn=ten&PolicyArns.member.2.arn=two&RoleArn=r&RoleSessionName=s+x')

  expect(readForm(new Operation(AssumeRole$).input, form, false)).toMatchObject({
    RoleArn: 'r',
    RoleSessionName: 's x',
    PolicyArns: [{arn: 'two'}, {arn: 'ten'}],
  })
})

test('EC2 flattens lists and capitalises names', () => {
  const form = parseForm(
    'RegionName.1=eu-west-1&RegionName.2=us-east-1&AllRegions=true&Filter.1.Name=n&Filter.1.Value.1=v',
  )

  expect(readForm(new Operation(DescribeRegions$).input, form, true)).toEqual({
    RegionNames: ['eu-west-1', 'us-east-1'],
    AllRegions: true,
    Filters: [{Name: 'n', Values: ['v']}],
  })
})

test('numbers, timestamps and nested lists are typed', () => {
  const prefix = 'MetricData.member.1.'
  const form = parseForm(
    `Namespace=n&${prefix}MetricName=m&${prefix}Timestamp=2026-01-02T03:04:05Z&${prefix}Values.member.1=1.5`,
  )

  expect(readForm(new Operation(PutMetricData$).input, form, false)).toEqual({
    Namespace: 'n',
    MetricData: [{MetricName: 'm', Timestamp: new Date('2026-01-02T03:04:05Z'), Values: [1.5]}],
  })
})

test('a boolean that is none stays text, for the validation to refuse', () => {
  expect(readForm(new Operation(DescribeRegions$).input, parseForm('AllRegions=maybe'), true)).toEqual({
    AllRegions: 'maybe',
  })
})

test('a parameter nested without end neither fails nor hangs', () => {
  const form = parseForm(`${'a.'.repeat(10_000)}b=1&Action=X`)

  expect(formValue(form, 'Action')).toBe('X')
})

test('an answer is wrapped, escaped and carries the request id', () => {
  const xml = writeQueryAnswer(new Operation(GetCallerIdentity$), {Account: '1', Arn: 'a<b>&"c"\r'}, sts)

  expect(xml).toBe(
    '<GetCallerIdentityResponse xmlns="urn:sts"><GetCallerIdentityResult>' +
      '<Account>1</Account><Arn>a&lt;b&gt;&amp;&quot;c&quot;&#xd;</Arn></GetCallerIdentityResult>' +
      '<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  )
})

test('EC2 has no result wrapper and names items item', () => {
  const output = {Regions: [{RegionName: 'eu-west-1'}]}

  expect(writeQueryAnswer(new Operation(DescribeRegions$), output, {...sts, ec2: true})).toContain(
    '<requestId>id-1</requestId><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo>',
  )
})

test('absent input is an empty structure', () => {
  expect(readForm(NormalizedSchema.of(AssumeRole$[4]), parseForm(''), false)).toEqual({})
})
