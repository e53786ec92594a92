import {BedrockctlError} from './errors.js'

type Attempt<Value> =
  | {readonly value: Value; readonly error: undefined}
  | {readonly value: undefined; readonly error: BedrockctlError}

/** A read without which the rest is told all the same; interruptions and bugs are thrown on. */
export async function attempt<Value>(reading: Promise<Value>): Promise<Attempt<Value>> {
  try {
    return {value: await reading, error: undefined}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
    return {value: undefined, error}
  }
}
