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
    message: error.message,
    action: error.action ?? null,
    hint: error.hint ?? null,
  }
}
