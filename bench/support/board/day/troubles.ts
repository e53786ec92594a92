import {BedrockctlError} from '../../../../src/lib/core/errors.js'

export const DAY_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1'] as const

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Every third hour one Region, another each time, does not answer for twenty minutes; every third, CloudWatch throttles. */
export function refuseAtTimes(region: string, action: string, nowMs: number): void {
  const hour = Math.floor(nowMs / HOUR_MS)
  const minute = Math.floor(nowMs / MINUTE_MS) % 60
  const turn = DAY_REGIONS[Math.floor(hour / 3) % DAY_REGIONS.length]
  if (hour % 3 === 1 && minute >= 10 && minute < 30 && region === turn) {
    throw new BedrockctlError('UNREACHABLE', `${region} does not answer.`, {fault: 'service', action})
  }
  if (hour % 3 === 2 && minute >= 40 && minute < 45 && action.startsWith('cloudwatch:')) {
    throw new BedrockctlError('THROTTLED', `Too many calls of ${action}.`, {fault: 'service', action})
  }
}
