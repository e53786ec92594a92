import {usageError} from '../core/errors.js'
import type {Turn} from '../imports/invoke/read-messages.js'

/** What --prompt or --messages says. */
export async function readTurns(prompt: string | undefined, file: string | undefined): Promise<readonly Turn[]> {
  if (prompt !== undefined) return [{role: 'user', text: prompt}]
  if (file === undefined) {
    throw usageError('PROMPT_MISSING', 'There is nothing to ask.', {hint: 'Give --prompt TEXT, or --messages FILE.'})
  }
  const {readMessages} = await import('../imports/invoke/read-messages.js')
  return readMessages(file)
}
