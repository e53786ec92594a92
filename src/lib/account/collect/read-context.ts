import {BedrockctlError} from '../../core/errors.js'
import type {ReadContext} from '../ports/readers.js'
import type {Gap, Part} from '../snapshot.schema.js'
import {failureStatus} from './failure-status.js'

export interface GapKeeper {
  readonly context: ReadContext
  /** What could not be read so far, alike failures once with their number. */
  gaps(): readonly Gap[]
}

/** The context of one read; it notes every part that failed. */
export function keepGaps(base: Omit<ReadContext, 'part'>): GapKeeper {
  const gaps = new Map<string, {action: string; code: string; reason: string; count: number}>()
  const note = (action: string, code: string, reason: string) => {
    const key = `${action} ${code}`
    const known = gaps.get(key)
    if (known) known.count += 1
    else gaps.set(key, {action, code, reason, count: 1})
  }
  return {
    context: {
      ...base,
      async part<Value>(action: string, ask: () => Promise<Value>): Promise<Part<Value>> {
        try {
          return {status: 'read', value: await ask()}
        } catch (error) {
          if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
          const called = error.action ?? action
          note(called, error.code, error.message)
          return {status: failureStatus(error), action: called, code: error.code, reason: error.message}
        }
      },
    },
    gaps: () => [...gaps.values()],
  }
}
