import type {AlarmRow} from '../../src/lib/monitor/board/alarms/alarms.schema.js'
import type {BenchRow} from '../../src/lib/monitor/board/bench/bench.schema.js'
import type {BoardCapacity} from '../../src/lib/monitor/board/capacity/capacity.schema.js'
import type {EndpointRow} from '../../src/lib/monitor/board/endpoints/endpoints.schema.js'
import type {EventRow} from '../../src/lib/monitor/board/events/events.schema.js'
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

export function boardEndpoint(change: Partial<EndpointRow> = {}): EndpointRow {
  return {
    ...{id: 'vpce-1', name: null, region: 'us-west-2', service: 'bedrock-runtime', vpc: 'vpc-1', state: 'available'},
    ...{tone: 'good', zones: ['us-west-2a', 'us-west-2b'], privateDns: true, policy: 'restricted', troubles: []},
    ...{more: 'bedrockctl audit endpoints --region us-west-2', facts: [['Subnets', 'subnet-1 subnet-2']]},
    ...change,
  }
}

export function boardEvent(change: Partial<EventRow> = {}): EventRow {
  return {
    ...{id: 'e1', atMs: 0, name: 'InvokeModel', source: 'bedrock.amazonaws.com', who: null, region: 'us-west-2'},
    ...{resource: 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0', errorCode: null, text: null},
    ...change,
  }
}

export function boardBench(change: Partial<BenchRow> = {}): BenchRow {
  const level = {target: 'local', ended: 'complete', ttftP50: 30, ttftP99: 90, perSecond: 10, tokensPerSecond: 640}
  return {
    ...{id: '20261121-110000-abcd', name: '', state: 'complete', live: false, simulated: false, targets: ['local']},
    ...{startedAtMs: Date.parse('2026-11-21T11:00:00Z'), endedAtMs: Date.parse('2026-11-21T11:02:00Z')},
    ...{requests: 500, failed: 3, asked: null, leftMs: null, usd: null, verdict: 'usable'},
    ...{perSecond: 41.2, ttftP50: 38, ttftP99: 121, tokensPerSecond: 6104, numbersOf: 'local, 8 users'},
    levels: [
      {...level, label: '2 users', requests: 100, failed: 0},
      {...level, label: '8 users', requests: 400, failed: 3},
    ],
    facts: [['Data', 'synthetic']],
    ...change,
  }
}
