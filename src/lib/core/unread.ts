import type {Unread} from './answer.schema.js'
import type {BedrockctlError} from './errors.js'

/** A failed read as a part of the answer; `action` is named where the failure does not say which call it was. */
export function toUnread(failure: BedrockctlError, region: string, action: string): Unread {
  return {
    region,
    action: failure.action ?? action,
    code: failure.code,
    reason: failure.message,
    ...(failure.hint === undefined ? {} : {hint: failure.hint}),
  }
}
