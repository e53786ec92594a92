import {BedrockctlError} from '../../core/errors.js'
import type {WarmUpOutcome} from './warm-up.js'

/** Said of a model that was not ready in the time there was; `hint` is what its owner can do. */
export function notReady(
  name: string,
  {said, tries, waitedMs}: WarmUpOutcome & {readonly kind: 'timed-out'},
  hint: string,
): BedrockctlError {
  const seconds = Math.round(waitedMs / 1000)
  return new BedrockctlError(
    'MODEL_NOT_READY',
    `${name} was not ready after ${seconds} s; it was asked ${tries} times.`,
    {fault: 'timedOut', why: said, hint, action: 'bedrock:InvokeModel'},
  )
}
