import type {AlarmRow} from '../../src/lib/monitor/board/alarms/alarms.schema.js'
import type {BoardCapacity} from '../../src/lib/monitor/board/capacity/capacity.schema.js'
import type {FindingRow} from '../../src/lib/monitor/board/findings/findings.schema.js'

const ARN = 'arn:aws:bedrock:us-west-2:111122223333:provisioned-model/abcdefghij12'

export function boardCapacityRow(change: Partial<BoardCapacity> = {}): BoardCapacity {
  return {
    ...{kind: 'provisioned', name: 'support', id: 'abcdefghij12', arn: ARN, region: 'us-west-2', state: 'InService'},
    ...{message: null, modelArn: 'arn:aws:bedrock:us-west-2::foundation-model/meta.llama3-1-8b-instruct-v1:0'},
    ...{desiredModelArn: null, baseModelId: 'meta.llama3-1-8b-instruct-v1:0', units: 2, copies: null},
    ...{commitment: 'none', commitmentEndsAt: null, createdAt: '2026-08-01T00:00:00.000Z'},
    ...{hourly: {currency: 'USD', amount: 48}, billing: '2 model units by the hour until deleted'},
    ...{calls: 0, lastCallAt: null, throttles: 0, load: {mean: 0, busiest: 0}, utilisation: null},
    ...{idle: true, idleWhy: 'nobody has called it for 7 days', refused: null, lookedBackAtMs: null},
    ...{gaps: [], next: null, actions: []},
    ...change,
  }
}

export function boardFinding(change: Partial<FindingRow> = {}): FindingRow {
  return {
    ...{fingerprint: '0123456789abcdef', check: 'IAM-10', severity: 'critical', title: 'A Bedrock API key expires'},
    ...{resource: 'arn:aws:iam::111122223333:user/bot', region: null, status: 'FAIL', detail: 'It never expires.'},
    ...{remedy: 'Delete it.', why: 'It stays good until somebody notices.', evidence: ['config: none']},
    ...{
      commands: ['aws iam delete-service-specific-credential'],
      again: 'bedrockctl audit run --check IAM-10',
      auditedAtMs: Date.parse('2026-11-21T09:00:00Z'),
    },
    scope: '74 checks; us-west-2; 51 in order',
    ...change,
  }
}

export function boardAlarm(state: AlarmRow['state']): AlarmRow {
  return {
    ...{name: 'throttles', arn: 'arn:aws:cloudwatch:us-west-2:111122223333:alarm:throttles', state, sinceMs: null},
    ...{reason: null, metric: 'InvocationThrottles', namespace: 'AWS/Bedrock', dimensions: {}, rule: null},
  }
}
