import type {AlarmRow} from '../../../../src/lib/monitor/board/alarms/alarms.schema.js'
import type {AlarmSource} from '../../../../src/lib/monitor/board/alarms/ports.js'
import type {TrailEvent, TrailSource} from '../../../../src/lib/monitor/board/events/ports.js'

const HOUR_MS = 3_600_000
/** An event of a source so often. */
const EVERY_MS = 20_000
const PAGE = 50
const ALARMS = 6
const NAMES = ['InvokeModel', 'Converse', 'CreateModelInvocationJob', 'ListFoundationModels', 'DeleteInferenceProfile']

/** Management events that flow all day. */
export function flowingTrail(): TrailSource {
  return {
    sources: ['bedrock.amazonaws.com', 'bedrock-runtime.amazonaws.com'],
    async *pages(region, {from, source, to}) {
      let number = Math.floor(to.getTime() / EVERY_MS)
      const last = Math.ceil(from.getTime() / EVERY_MS)
      while (number >= last) {
        const count = Math.min(PAGE, number - last + 1)
        const newest = number
        yield Array.from({length: count}, (_, index) => eventOf(newest - index, source, region))
        number -= count
      }
    },
  }
}

function eventOf(number: number, source: string, region: string): TrailEvent {
  return {
    id: `${region}-${source}-${number}`,
    ...{name: NAMES[number % NAMES.length] ?? '', source, at: new Date(number * EVERY_MS).toISOString()},
    principalArn: `arn:aws:sts::111122223333:assumed-role/service-${number % 12}/i-${number}`,
    ...{principalType: 'AssumedRole', sourceIp: `10.0.0.${number % 250}`, userAgent: 'Boto3/1.42.0'},
    error: number % 9 === 0 ? 'ThrottlingException' : null,
    message: number % 9 === 0 ? 'Too many tokens, please wait before trying again.' : null,
    ...{readOnly: false, modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0', inferenceRegion: null},
    ...{vpcEndpointId: null, vpcAccount: null, host: null, bearerToken: false, bearerTokenType: null, resource: null},
  }
}

/** Alarms of which one after the other is raised for an hour. */
export function ringingAlarms(now: () => number): AlarmSource {
  return {
    async list(region) {
      const hour = Math.floor(now() / HOUR_MS)
      return Array.from({length: ALARMS}, (_, index): AlarmRow => {
        const isRaised = hour % ALARMS === index
        return {
          ...{name: `bedrock-${index}`, arn: `arn:aws:cloudwatch:${region}:111122223333:alarm:bedrock-${index}`},
          ...{state: isRaised ? 'ALARM' : 'OK', sinceMs: hour * HOUR_MS},
          reason: isRaised ? `Threshold Crossed: 1 datapoint (${hour % 97}) was greater than the threshold` : null,
          ...{metric: 'InvocationThrottles', namespace: 'AWS/Bedrock', dimensions: {ModelId: `model-${index}`}},
          rule: 'sum of InvocationThrottles > 10 in 5 min',
        }
      })
    },
  }
}
