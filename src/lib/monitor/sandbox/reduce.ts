import {countAt} from '../rate-window.js'
import {appendBounded} from '../ring.js'
import {
  type AnsweredRequest,
  isFailure,
  type OperationCount,
  type SandboxEvent,
  type SandboxState,
  type SeenRequest,
} from './state.js'
import {listedRequests} from './visible-requests.js'

/** What is kept, so that a sandbox that runs for days does not grow. */
export const KEPT = {requests: 500, latencies: 512, operationLatencies: 128, operations: 200} as const

/** What is counted when the sandbox could not tell the service, and what the operations beyond the limit are counted as. */
const UNKNOWN = {service: 'unknown', operation: 'request'}
const OTHERS = {service: 'other', operation: 'operations'}

/** The state after an event; the same object when nothing changed. */
export function reduceSandbox(state: SandboxState, event: SandboxEvent): SandboxState {
  switch (event.type) {
    case 'answered':
      return event.requests.length === 0 ? state : answered(state, event.requests, event.nowMs)
    case 'ticked':
      return {...state, nowMs: event.nowMs, sandboxNowMs: event.sandboxNowMs}
    case 'moved':
      return moved(state, event.by)
    case 'moved-to':
      return {...state, selected: event.end === 'newest' ? undefined : listedRequests(state)[0]?.number}
    case 'filter-opened':
      return state.filterBefore === undefined ? {...state, filterBefore: state.filter, help: false} : state
    case 'filter-typed':
      return state.filterBefore === undefined ? state : {...state, filter: event.text, selected: undefined}
    case 'filter-closed':
      return closeFilter(state, event.keep)
    case 'pause-toggled':
      return {...state, frozen: state.frozen ? undefined : {requests: state.requests, seen: state.seen}}
    case 'errors-toggled':
      return {...state, errorsOnly: !state.errorsOnly, selected: undefined}
    case 'help-toggled':
      return {...state, help: !state.help}
    case 'cleared':
      return cleared(state)
    case 'resized':
      return {...state, size: event.size}
  }
}

function answered(state: SandboxState, requests: readonly AnsweredRequest[], nowMs: number): SandboxState {
  const seen = requests.map((request, index): SeenRequest => ({...request, number: state.seen + index + 1}))
  const operations = new Map(state.operations)
  for (const request of seen) countOperation(operations, request)
  return {
    ...state,
    nowMs,
    requests: appendBounded(state.requests, seen, KEPT.requests),
    seen: state.seen + seen.length,
    count: state.count + seen.length,
    errors: state.errors + seen.filter(isFailure).length,
    latencies: appendBounded(state.latencies, seen.map(latencyOf), KEPT.latencies),
    window: countAt(state.window, nowMs, seen.length),
    operations,
  }
}

function latencyOf({ms}: AnsweredRequest): number {
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

function countOperation(operations: Map<string, OperationCount>, request: AnsweredRequest): void {
  const {service, operation = UNKNOWN.operation} = request
  const named = service === undefined ? UNKNOWN : {service, operation}
  const isKnown = operations.has(keyOf(named)) || operations.size < KEPT.operations
  const name = isKnown ? named : OTHERS
  const before = operations.get(keyOf(name)) ?? {...name, count: 0, errors: 0, latencies: []}
  operations.set(keyOf(name), {
    ...before,
    count: before.count + 1,
    errors: before.errors + (isFailure(request) ? 1 : 0),
    latencies: appendBounded(before.latencies, [latencyOf(request)], KEPT.operationLatencies),
  })
}

function keyOf({service, operation}: Pick<OperationCount, 'service' | 'operation'>): string {
  return `${service} ${operation}`
}

/** From following, the first step up looks at the newest; a step down from the newest follows again. */
function moved(state: SandboxState, by: number): SandboxState {
  const listed = listedRequests(state)
  const {selected} = state
  if (listed.length === 0) return state
  const at = selected === undefined ? listed.length : listed.findIndex(({number}) => number >= selected)
  const next = Math.max(0, (at === -1 ? listed.length : at) + by)
  return {...state, selected: listed[next]?.number}
}

function closeFilter(state: SandboxState, keep: boolean): SandboxState {
  if (state.filterBefore === undefined) return keep ? state : {...state, filter: '', selected: undefined}
  return {...state, filter: keep ? state.filter : '', filterBefore: undefined}
}

function cleared(state: SandboxState): SandboxState {
  const fresh = {requests: [], count: 0, errors: 0, latencies: [], window: [], operations: new Map()}
  return {
    ...state,
    ...fresh,
    countedSinceMs: state.nowMs,
    selected: undefined,
    frozen: state.frozen && {requests: [], seen: state.seen},
  }
}
