import {createHash} from 'node:crypto'
import {BedrockctlError, usageError} from '../core/errors.js'
import {type Persistence, persist} from './persist.js'

export interface Making {
  readonly name: string
  readonly clientRequestToken: string
  /** Returns the ARN of what was made. */
  readonly create: (clientRequestToken: string) => Promise<string>
  /** Undefined where it is not there. */
  readonly look: (arn: string) => Promise<unknown>
}

/** Made and deleted so often, the same words make nothing more. */
const MOST_RENEWALS = 50
const LOOKS = 2
const LOOK_AGAIN_MS = 2000

/**
 * Makes what can be deleted; returns its ARN. A token that was sent before may be answered with what was made then and is
 * deleted by now. Then it is made with a token of both: run again, that is still the same request.
 */
export async function makeAnew(
  {clientRequestToken, create, look, name}: Making,
  {clock, signal}: Pick<Persistence, 'clock' | 'signal'>,
): Promise<string> {
  let token = clientRequestToken
  for (let renewals = 0; renewals < MOST_RENEWALS; renewals += 1) {
    const sent = token
    const arn = await persist(() => create(sent), {clock, signal})
    if (await isThere(() => look(arn), {clock, signal})) return arn
    token = createHash('sha256').update(`${sent} ${arn}`).digest('hex')
  }
  throw usageError('NAME_SPENT', `${name} was made and deleted too often to be made once more.`, {
    why: 'AWS answers with what was made before.',
    hint: 'Give another --name.',
  })
}

/** Looks a second time: what was made a moment ago may not be listed yet. */
async function isThere(look: () => Promise<unknown>, {clock, signal}: Pick<Persistence, 'clock' | 'signal'>) {
  for (let looks = 1; ; looks += 1) {
    if (await isKnown(look())) return true
    if (looks === LOOKS) return false
    await clock.pause(LOOK_AGAIN_MS, signal)
  }
}

/** What cannot be looked at counts as there: nothing is made twice for a look that failed. */
async function isKnown(looking: Promise<unknown>): Promise<boolean> {
  try {
    return (await looking) !== undefined
  } catch (failure) {
    if (failure instanceof BedrockctlError) return true
    throw failure
  }
}
