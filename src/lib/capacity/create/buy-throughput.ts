import {createHash} from 'node:crypto'
import {BedrockctlError, usageError} from '../../core/errors.js'
import {type Persistence, persist} from '../../jobs/persist.js'
import type {CapacitySource, ProvisionedRequest} from '../ports.js'

/** Bought and deleted so often, the same words make no other purchase. */
const MOST_RENEWALS = 50
const LOOKS = 2
const LOOK_AGAIN_MS = 2000

/**
 * Buys it; returns its ARN. A token that was sent before may be answered with what was bought then and is deleted by
 * now. Then it is bought with a token made of both: run again, that is still the same purchase.
 */
export async function buyThroughput(
  region: string,
  request: ProvisionedRequest,
  source: Pick<CapacitySource, 'createProvisioned' | 'provisionedOne'>,
  {clock, signal}: Pick<Persistence, 'clock' | 'signal'>,
): Promise<string> {
  let asked = request
  for (let renewals = 0; renewals < MOST_RENEWALS; renewals += 1) {
    const sent = asked
    const arn = await persist(() => source.createProvisioned(region, sent, signal), {clock, signal})
    const isThere = () => isKnown(source.provisionedOne(region, arn, signal))
    // Within a commitment nothing is deleted.
    if (request.commitment !== null || (await seen(isThere, {clock, signal}))) return arn
    const clientRequestToken = createHash('sha256').update(`${sent.clientRequestToken} ${arn}`).digest('hex')
    asked = {...sent, clientRequestToken}
  }
  throw usageError('NAME_SPENT', `${request.name} was bought and deleted too often to be bought once more.`, {
    why: 'AWS answers with what was bought before.',
    hint: 'Give another --name.',
  })
}

/** Looks a second time: what was made a moment ago may not be listed yet. */
async function seen(isThere: () => Promise<boolean>, {clock, signal}: Pick<Persistence, 'clock' | 'signal'>) {
  for (let looks = 1; ; looks += 1) {
    if (await isThere()) return true
    if (looks === LOOKS) return false
    await clock.pause(LOOK_AGAIN_MS, signal)
  }
}

/** What cannot be looked at counts as there: nothing is bought twice for a look that failed. */
async function isKnown(looking: Promise<unknown>): Promise<boolean> {
  try {
    return (await looking) !== undefined
  } catch (failure) {
    if (failure instanceof BedrockctlError) return true
    throw failure
  }
}
