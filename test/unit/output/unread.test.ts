import {expect, test} from 'vitest'
import type {Unread} from '../../../src/lib/core/answer.schema.js'
import {describeUnread} from '../../../src/lib/output/unread.js'

const PLAIN = {width: 80, color: false, interactive: false, unicode: true}

const denied = (region: string, action = 'bedrock:ListFoundationModels'): Unread => ({
  region,
  action,
  code: 'ACCESS_DENIED',
  reason: `${action} in ${region} is denied`,
  hint: 'Allow it.',
})

test('a Region with several failed calls of one cause gets one line that names them all', () => {
  const profiles = denied('us-east-1', 'bedrock:ListInferenceProfiles')
  const text = describeUnread([denied('us-east-1'), profiles, profiles, denied('us-east-1')], PLAIN)

  expect(text.split('\n')).toEqual([
    'partial  4 calls in 1 Region could not be read:',
    '         us-east-1  bedrock:ListFoundationModels in us-east-1 is denied (also bedrock:ListInferenceProfiles)',
    '           Allow it.',
  ])
})

test('many Regions with one cause share a line, and all are named', () => {
  const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2']
  const text = describeUnread(
    regions.map((region) => denied(region)),
    PLAIN,
  )

  expect(text.split('\n')).toHaveLength(4)
  for (const region of regions) expect(text).toContain(region)
})

test('an interruption is told once', () => {
  const text = describeUnread(
    ['us-east-1', 'us-east-2'].map((region) => ({...denied(region), code: 'INTERRUPTED'})),
    PLAIN,
  )

  expect(text).toContain('interrupted before 2 Regions answered: us-east-1 us-east-2')
})

test('a price that is not known is no call that failed', () => {
  const price = (reason: string): Unread => ({
    region: 'eu-west-1',
    action: 'pricing:GetProducts',
    code: 'NO_PRICE',
    reason,
  })

  expect(describeUnread([price('no price of a'), price('no price of b')], PLAIN).split('\n')).toEqual([
    'partial  2 prices not known:',
    '         no price of a',
    '         no price of b',
  ])
})
