import {isFailure, type SandboxState, type SeenRequest} from './state.js'

/** The requests that filter and errors-only leave, oldest first. */
export function listedRequests(
  state: Pick<SandboxState, 'requests' | 'frozen' | 'filter' | 'errorsOnly'>,
): readonly SeenRequest[] {
  const all = state.frozen?.requests ?? state.requests
  const matches = matcherOf(state.filter)
  return all.filter((request) => (!state.errorsOnly || isFailure(request)) && matches(request))
}

/** The `rows` of them that are shown: the newest, or those around the one that is looked at. */
export function shownRequests(
  listed: readonly SeenRequest[],
  selected: number | undefined,
  rows: number,
): readonly SeenRequest[] {
  const last = Math.max(0, listed.length - rows)
  if (selected === undefined) return listed.slice(last)
  const at = listed.findIndex(({number}) => number >= selected)
  const start = at === -1 ? last : Math.min(last, Math.max(0, at - Math.floor(rows / 2)))
  return listed.slice(start, start + rows)
}

/** The request that is looked at; when it has been dropped since, the oldest that is left. */
export function selectedRequest(listed: readonly SeenRequest[], selected: number | undefined): SeenRequest | undefined {
  return selected === undefined ? undefined : listed.find(({number}) => number >= selected)
}

/** Any case, anywhere in what is known of the request; `!` in front keeps the others. */
function matcherOf(filter: string): (request: SeenRequest) => boolean {
  const inverse = filter.startsWith('!')
  const wanted = (inverse ? filter.slice(1) : filter).trim().toLowerCase()
  if (wanted === '') return () => true
  return (request) => textOf(request).includes(wanted) !== inverse
}

function textOf({http, service, operation, region, account, status, errorCode, message}: SeenRequest): string {
  const word = status === 0 ? 'cut' : String(status)
  return [service, operation, http, region, account, word, errorCode, message].join(' ').toLowerCase()
}
