import {describe, expect, test} from 'vitest'
import {explainLeg, judgeCall, prepareCall} from '../../../src/lib/iam/legs/judge-call.js'
import {workloadLegs} from '../../../src/lib/iam/legs/workload-legs.js'
import {type CallCase, FACTS, PLACE, readCases, subjectOf} from './read-cases.js'

const CASES = readCases<CallCase>('calls')

describe('judgeCall', () => {
  test.each(CASES)('$name', (written) => {
    const {expected} = written
    const subject = subjectOf(written)

    const decision = judgeCall(prepareCall(workloadLegs(written.workload, PLACE)), subject, FACTS)
    const {deciding} = decision
    const explanation = deciding && explainLeg(deciding, subject, FACTS)
    const first = explanation?.outcome === 'UNKNOWN' ? explanation.gaps[0] : explanation?.reasons[0]

    expect(decision.outcome).toBe(expected.outcome)
    expect(deciding?.leg.name).toBe(expected.leg)
    if (expected.doubt) expect(deciding?.doubt).toContain(expected.doubt)
    if (expected.layer) expect(first?.layer).toBe(expected.layer)
    if (expected.statement) expect(first?.statement).toBe(expected.statement)
    if (expected.gap) expect(explanation?.gaps.map(({kind}) => kind)).toContain(expected.gap)
    if (expected.nearMiss) expect(explanation?.nearMisses.map(({failed}) => failed)).toContain(expected.nearMiss)
  })

  test('a call without legs is not known', () => {
    const [written] = CASES
    if (!written) throw new Error('there are no cases')

    expect(judgeCall(prepareCall([]), subjectOf(written), FACTS)).toMatchObject({
      outcome: 'UNKNOWN',
      deciding: undefined,
    })
  })
})

describe('workloadLegs', () => {
  const target = {kind: 'geographic-profile', profileId: 'eu.m', modelId: 'm', destinations: ['eu-west-1']} as const

  test('a geographic call is asked about the profile, the source and every destination, each in its own Region', () => {
    const legs = workloadLegs({kind: 'invoke', target, streaming: false, guardrail: null}, PLACE)

    expect(legs.map((leg) => leg.kind === 'leg' && [leg.resource, leg.context['aws:RequestedRegion']])).toEqual([
      ['arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.m', 'eu-central-1'],
      ['arn:aws:bedrock:eu-central-1::foundation-model/m', 'eu-central-1'],
      ['arn:aws:bedrock:eu-west-1::foundation-model/m', 'eu-west-1'],
    ])
  })

  test('a Global call is asked about an ARN without Region and account', () => {
    const global = {kind: 'global-profile', profileId: 'global.m', modelId: 'm'} as const

    const legs = workloadLegs({kind: 'invoke', target: global, streaming: true, guardrail: null}, PLACE)

    expect(legs.at(-1)).toMatchObject({
      action: 'bedrock:InvokeModelWithResponseStream',
      resource: 'arn:aws:bedrock:::foundation-model/m',
      context: {
        'aws:RequestedRegion': 'unspecified',
        'bedrock:InferenceProfileArn': 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.m',
      },
    })
  })

  test('ARNs take the partition of the call', () => {
    const place = {...PLACE, partition: 'aws-us-gov', region: 'us-gov-west-1'}

    const legs = workloadLegs({kind: 'invoke', target, streaming: false, guardrail: null}, place)

    expect(legs.every((leg) => leg.kind === 'leg' && leg.resource.startsWith('arn:aws-us-gov:'))).toBe(true)
  })
})
