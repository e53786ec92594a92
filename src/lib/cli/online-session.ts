import type {AwsSession} from '../aws/session.js'
import {usageError} from '../core/errors.js'
import type {Connection} from './connect.js'

/** The session of a command that cannot answer offline; `what` is the thing it asks the account for. */
export function onlineSession({session}: Connection, what: string): AwsSession {
  if (session) return session
  throw usageError('NEEDS_ACCOUNT', `${what} cannot be read offline.`, {
    hint: 'Run it again without --offline, or with --sandbox to try it on a simulated account.',
  })
}
