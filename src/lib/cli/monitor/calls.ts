import type {AwsSession} from '../../aws/session.js'

/** Counts the requests to some services of AWS that a session makes from now on, retries included. */
export function callsSince(
  {calls}: Pick<AwsSession, 'calls'>,
  services: readonly string[],
  region?: string,
): () => number {
  const before = calls.total
  return () => {
    const made = Math.min(calls.total - before, calls.recent.length)
    const isOwn = (one: (typeof calls.recent)[number]) =>
      services.includes(one.service) && (region === undefined || one.region === region)
    return made === 0 ? 0 : calls.recent.slice(-made).filter(isOwn).length
  }
}
