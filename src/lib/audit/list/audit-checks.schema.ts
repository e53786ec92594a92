import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {familySchema, severitySchema} from '../finding.schema.js'

export const auditChecksSchema = z.object({
  ...answerShape,
  catalogueAsOf: z.iso.date(),
  checks: z.array(
    z.object({
      id: z.string(),
      family: familySchema,
      severity: severitySchema,
      title: z.string(),
      why: z.string(),
      resource: z.string().describe('Kind of thing that is judged.'),
      failsWhen: z.string(),
      unknownWhen: z.string().optional().describe('Beyond a read that failed.'),
      needs: z.string().optional().describe('Member of bedrockctl.yaml without which it is not applicable.'),
      reads: z.array(z.string()),
      actions: z.array(z.string()).describe('IAM actions of its reads, and of those they build on.'),
      references: z.array(z.object({title: z.string(), url: z.string()})),
    }),
  ),
})
/** The catalogue of checks. */
export type AuditChecks = Immutable<z.infer<typeof auditChecksSchema>>
