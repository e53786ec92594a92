import {z} from 'zod'
import type {Immutable} from './immutable.js'

/** The `error` member of what `--json` prints when a command cannot answer. */
export const errorReportSchema = z.object({
  code: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .describe('Stable; scripts match on it.'),
  message: z.string(),
  fault: z
    .enum(['usage', 'gate', 'access', 'service', 'internal', 'timedOut', 'interrupted'])
    .describe(
      'Who can fix it; gate: a check did not pass, and nothing was done; timedOut: it waited as long as it was to.',
    ),
  exitCode: z.int().describe('The exit code of the process.'),
  why: z.string().optional(),
  hint: z.string().optional().describe('One next step.'),
  actions: z.array(z.string()).describe('Commands that work as pasted, best first.'),
  requestId: z.string().optional().describe("AWS's request id, for a support case."),
})
export type ErrorReport = Immutable<z.infer<typeof errorReportSchema>>

/** The whole document. */
export const errorDocumentSchema = z.object({error: errorReportSchema})
