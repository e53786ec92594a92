import {BedrockctlError} from '../../core/errors.js'
import {backOff, type Persistence, persist} from '../../jobs/persist.js'

/** A role that was made a moment ago is known to Bedrock within a minute. */
const ROLE_TRIES = 6
const ROLE_PAUSE_MS = 10_000
/** AWS's own words; the error has no name of its own. */
const NO_ROLE = /role ARN is invalid/i
const BUSY = /Concurrent model import jobs/i

export interface MakeJobFrame extends Persistence {
  readonly region: string
  readonly roleArn: string
  /** The role was read and judged well: if the service does not know it, it does not know it yet. */
  readonly isRoleJudged: boolean
  readonly onRoleWait: (waitMs: number) => void
}

/** Asks for the job, again where it fails by what passes; `create` makes one job however often it is asked. */
export async function makeJob(create: () => Promise<string>, frame: MakeJobFrame): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await persist(create, frame)
    } catch (failure) {
      if (!(isOfRole(failure) && frame.isRoleJudged && tries < ROLE_TRIES)) throw explained(failure, frame)
      const waitMs = backOff(tries + 1, frame.clock, ROLE_PAUSE_MS)
      frame.onRoleWait(waitMs)
      await frame.clock.pause(waitMs, frame.signal)
    }
  }
}

function isOfRole(failure: unknown): boolean {
  return failure instanceof BedrockctlError && NO_ROLE.test(failure.message)
}

function explained(failure: unknown, frame: MakeJobFrame): unknown {
  if (!(failure instanceof BedrockctlError)) return failure
  if (isOfRole(failure)) return noRole(failure, frame)
  return BUSY.test(failure.message) ? busy(failure, frame) : failure
}

function busy(failure: BedrockctlError, {region}: MakeJobFrame): BedrockctlError {
  return again(failure, 'Another import runs; one runs at a time, and the quota is not raised.', {
    hint: 'Wait until it has ended, then run this again: files that went up stay.',
    actions: [`bedrockctl imports list --state InProgress --region ${region}`],
  })
}

function noRole(failure: BedrockctlError, {region, roleArn}: MakeJobFrame): BedrockctlError {
  return again(failure, `Bedrock cannot take on ${roleArn} for imports in ${region}.`, {
    hint: 'It must be there and trust bedrock.amazonaws.com; one that was made a moment ago is known in some minutes.',
    actions: [`aws iam get-role --role-name ${roleArn.split('/').at(-1) ?? roleArn}`],
  })
}

function again(
  {action, code, fault, message, requestId}: BedrockctlError,
  said: string,
  more: {readonly hint: string; readonly actions: readonly string[]},
): BedrockctlError {
  return new BedrockctlError(code, said, {fault, action, requestId, why: message, ...more})
}
