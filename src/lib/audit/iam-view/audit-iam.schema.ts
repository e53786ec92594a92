import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {auditReportSchema} from '../audit-report.schema.js'

const text = z.string()

const outcome = z
  .enum(['allowed', 'with-guardrail', 'blocked', 'none', 'unknown'])
  .describe(
    'allowed: every leg of the call is. with-guardrail: only when the call names a guardrail. blocked: a leg of the call is allowed and another denied, or a layer above its own policies denies it. none: no policy of the principal allows any leg. unknown: cannot be told.',
  )

const model = z.object({
  label: text.describe('Letter by which cells name it.'),
  id: text.describe('As called.'),
  region: text.describe('Region called.'),
  route: z
    .enum(['in-region', 'geographic', 'global', 'application-profile', 'own-model', 'unknown'])
    .describe('unknown: the snapshot does not tell what the id stands for.'),
  destinations: z.array(text).describe('Of a geographic profile: Regions in which a call may be processed.'),
  declared: z.boolean().describe('By a workload of bedrockctl.yaml; else it was seen in metrics or events.'),
})

const cell = z.object({
  model: text.describe('Label of the model.'),
  outcome: outcome.describe('Of InvokeModel and Converse.'),
  streaming: outcome.describe('Of their streamed forms.'),
  leg: text.nullable().describe('Of blocked: the leg that is denied.'),
  because: text.nullable().describe('Of blocked: layer, policy and statement. Of unknown: what is missing.'),
})

const principal = z.object({
  arn: text,
  kind: z.enum(['user', 'role']),
  name: text,
  declared: z.boolean().describe('A workload of bedrockctl.yaml runs as it.'),
  cells: z.array(cell),
})

export const auditIamSchema = z.object({
  ...answerShape,
  kind: z.literal('bedrockctl-audit-iam'),
  models: z.array(model).describe('Models that are declared or seen to be called, each in each Region.'),
  principals: z
    .array(principal)
    .describe('Users and roles whose policies allow invoking anything, and those that workloads declare.'),
  unseen: z.array(text).describe('What would have to be read to know of every model and principal.'),
  report: auditReportSchema,
  gate: auditReportSchema.shape.gate,
})
/** Who may call what, and what the checks of permissions find. */
export type AuditIam = Immutable<z.infer<typeof auditIamSchema>>
export type MatrixModel = AuditIam['models'][number]
export type MatrixPrincipal = AuditIam['principals'][number]
export type MatrixCell = MatrixPrincipal['cells'][number]
export type CellOutcome = MatrixCell['outcome']
