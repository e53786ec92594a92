import {BedrockctlError} from '../../../core/errors.js'
import type {Trouble} from '../reading.schema.js'

const KINDS: Readonly<Record<string, Trouble['kind']>> = {
  REGION_NOT_ENABLED: 'absent',
  NOT_FOUND: 'absent',
  NOT_IMPLEMENTED: 'absent',
  THROTTLED: 'throttled',
  UNREACHABLE: 'lost',
  UNREADABLE_ANSWER: 'lost',
  LOOK_TIMED_OUT: 'lost',
}

/** Who is not let in lacks no action, and it is so of every call: told of one as of all, so that it is told once. */
const NOT_LET_IN: Readonly<Record<string, string>> = {
  CREDENTIALS_EXPIRED: 'The credentials have expired.',
  CREDENTIALS_INVALID: 'AWS does not accept the credentials.',
}

/** Why a look brought nothing, as data that a recording can keep: no stack, no request, no answer. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof BedrockctlError)) {
    const message = error instanceof Error ? error.message : String(error)
    return {
      kind: 'failed',
      code: 'INTERNAL',
      message,
      action: null,
      hint: 'This is a bug of bedrockctl: please report it.',
    }
  }
  return {
    kind: KINDS[error.code] ?? (error.fault === 'access' ? 'denied' : 'failed'),
    code: error.code,
    message: NOT_LET_IN[error.code] ?? error.message,
    action: error.code in NOT_LET_IN ? null : (error.action ?? null),
    hint: error.hint ?? null,
  }
}
