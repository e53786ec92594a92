import {reduceSandbox} from '../../src/lib/monitor/sandbox/reduce.js'
import {
  type AnsweredRequest,
  initialSandboxState,
  type SandboxEvent,
  type SandboxState,
} from '../../src/lib/monitor/sandbox/state.js'

/** When every sandbox of these tests started. */
export const START_MS = Date.UTC(2026, 10, 21, 9, 14, 0)

/** An answered request; 200 unless told otherwise. */
export function answeredRequest(overrides: Partial<AnsweredRequest> = {}): AnsweredRequest {
  return {
    at: '2026-11-21T09:14:02.000Z',
    http: 'GET /foundation-models',
    service: 'bedrock',
    operation: 'ListFoundationModels',
    region: 'eu-central-1',
    account: '111122223333',
    status: 200,
    ms: 12,
    ...overrides,
  }
}

/** The state after these events. */
export function stateAfter(events: readonly SandboxEvent[], size = {columns: 80, rows: 24}): SandboxState {
  return events.reduce(reduceSandbox, initialSandboxState(START_MS, size))
}

/** A sandbox that was asked a dozen things within a few seconds; some failed, one connection was cut. */
export const BUSY: readonly SandboxEvent[] = [
  {
    type: 'answered',
    nowMs: START_MS + 2000,
    requests: [
      answeredRequest(),
      answeredRequest({region: 'us-east-1', ms: 4.4}),
      answeredRequest({service: 'sts', operation: 'GetCallerIdentity', http: 'POST /', ms: 0.4}),
    ],
  },
  {
    type: 'answered',
    nowMs: START_MS + 5000,
    requests: [
      ...Array.from({length: 6}, (_, index) =>
        answeredRequest({operation: 'ListInferenceProfiles', at: `2026-11-21T09:14:0${index}.500Z`, ms: index * 7}),
      ),
      answeredRequest({
        operation: 'GetFoundationModel',
        http: 'GET /foundation-models/nope',
        status: 404,
        errorCode: 'ResourceNotFoundException',
        message: 'The model nope is not known.',
        at: '2026-11-21T09:14:05.000Z',
      }),
      answeredRequest({service: 'pricing', operation: 'GetProducts', status: 0, errorCode: 'drop', ms: 10_400}),
      {at: '2026-11-21T09:14:05.900Z', http: 'GET /漢字/\u001B[31mred', status: 501, ms: 1},
    ],
  },
  {type: 'ticked', nowMs: START_MS + 64_000, sandboxNowMs: START_MS + 64_000},
]
