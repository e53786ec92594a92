import {BedrockctlError} from '../core/errors.js'

/** The answer, or `instead` where the service says that there is no such thing; other failures pass. */
export async function absentAs<Found, Instead>(asked: Promise<Found>, instead: Instead): Promise<Found | Instead> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof BedrockctlError && error.code === 'NOT_FOUND') return instead
    throw error
  }
}
