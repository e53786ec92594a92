import type {PreflightCheck} from './preflight.schema.js'

export function ok(id: string, said: string, fix: string | null = null): PreflightCheck {
  return {id, verdict: 'ok', said, fix}
}

export function fail(id: string, said: string, fix: string | null = null): PreflightCheck {
  return {id, verdict: 'fail', said, fix}
}

/** What could not be read, or is not documented. */
export function unknown(id: string, said: string, fix: string | null = null): PreflightCheck {
  return {id, verdict: 'unknown', said, fix}
}

export function notApplicable(id: string, said: string): PreflightCheck {
  return {id, verdict: 'not-applicable', said, fix: null}
}
