import type {CallerIdentity} from '../../account/ports.js'
import type {AwsSession} from '../../aws/session.js'

const CALLERS = new WeakMap<object, Promise<CallerIdentity>>()

/** Whose credentials a session has, for all readers of a board: asked once, and again where that failed. */
export function callerOf(session: Pick<AwsSession, 'identity'>): Promise<CallerIdentity> {
  const known = CALLERS.get(session)
  if (known !== undefined) return known
  const asked = session.identity().then((identity) => identity.whoAmI())
  CALLERS.set(session, asked)
  asked.catch(() => CALLERS.delete(session))
  return asked
}
