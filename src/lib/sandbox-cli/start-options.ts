import {parseDurationMs} from '../core/duration.js'
import {usageError} from '../core/errors.js'

/** `--latency 100ms` → milliseconds. */
export function parseLatency(text: string | undefined): number | undefined {
  const ms = text === undefined ? undefined : parseDurationMs(text)
  if (text !== undefined && ms === undefined) {
    throw usageError('INVALID_DURATION', `--latency ${text} is not a duration.`, {
      hint: 'Write a number and a unit: 100ms, 1.5s.',
    })
  }
  return ms
}

/** `--throttle 10/20` → ten requests a second after a burst of twenty. */
export function parseThrottle(text: string | undefined): {rate: number; burst: number} | undefined {
  if (text === undefined) return undefined
  const [, rate, burst] = /^(\d+(?:\.\d+)?)\/(\d+)$/.exec(text) ?? []
  if (!(Number(rate) > 0 && Number(burst) > 0)) {
    throw usageError('INVALID_THROTTLE', `--throttle ${text} is not RATE/BURST.`, {
      hint: 'Write requests a second and the burst before it: 10/20.',
    })
  }
  return {rate: Number(rate), burst: Number(burst)}
}
