import {z} from 'zod'
import {answerShape} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

export const completionSchema = z.object({
  ...answerShape,
  shell: z.enum(['bash', 'zsh', 'fish']),
  script: z.string().describe('To be sourced by the shell; holds the commands, flags, Regions and model ids of today.'),
})

export type CompletionResult = Immutable<z.infer<typeof completionSchema>>
export type Shell = CompletionResult['shell']
