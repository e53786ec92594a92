import type {AwsSession} from '../aws/session.js'

/** Answers are dated to the second and take their time: what is less is no difference of clocks. */
const TOLERATED_MS = 60_000

/** What time it is for AWS, whose minutes are counted: this machine's, unless its clock is plainly wrong. */
export function awsClock(session: Pick<AwsSession, 'clockSkewSeconds'>, machine: () => number): () => number {
  let aheadMs = 0
  return () => {
    const skewMs = (session.clockSkewSeconds ?? 0) * 1000
    if (Math.abs(skewMs - aheadMs) > TOLERATED_MS) aheadMs = skewMs
    return machine() - aheadMs
  }
}
