import {BedrockctlError} from '../../../core/errors.js'
import type {Topic} from '../topics.js'

/** Why a look was given up. */
export function timedOut(topic: Topic): BedrockctlError {
  return new BedrockctlError('LOOK_TIMED_OUT', `Reading ${topic} took longer than two minutes.`, {
    fault: 'service',
    hint: 'It is tried again; fewer Regions at once take less time.',
  })
}

/** Rejects when the signal aborts: a reader that does not listen is not waited for. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), {once: true})
  })
}
