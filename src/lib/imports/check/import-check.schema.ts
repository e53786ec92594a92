import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const count = z.int().nonnegative()
const severity = z
  .enum(['blocker', 'warning', 'info'])
  .describe('A blocker makes the import or its use fail; a warning may.')

const findingSchema = z.object({
  check: z.string().describe('IMP-07; stable.'),
  title: z.string().describe('What is demanded, as a fact.'),
  severity,
  verdict: z.enum(['fail', 'unknown']).describe('unknown: it could not be told, which is no pass.'),
  file: z.string().nullable().describe('Below the folder of the model.'),
  tensor: z.string().nullable(),
  said: z.string(),
  why: z.string().describe('What goes wrong otherwise.'),
  fix: z.string().nullable(),
})
export type ImportFinding = Immutable<z.infer<typeof findingSchema>>

const checkSchema = z.object({
  id: z.string(),
  title: z.string(),
  severity,
  verdict: z.enum(['ok', 'fail', 'unknown', 'not-applicable']),
  said: z.string().nullable().describe('Why it was not judged, or what was found to be in order.'),
})
export type CheckOutcome = Immutable<z.infer<typeof checkSchema>>

const afterwardsSchema = z.object({
  what: z.string(),
  works: z.enum(['yes', 'no', 'unknown']),
  said: z.string(),
})
export type Afterwards = Immutable<z.infer<typeof afterwardsSchema>>

const estimateSchema = z.object({
  units: z
    .object({low: count, high: count.nullable().describe('null: no upper bound is known.')})
    .nullable()
    .describe('Custom Model Units of one copy; null where nothing is known of them before the import.'),
  basis: z.enum(['published', 'estimated', 'unknown']),
  said: z.string(),
  version: z.enum(['v1.0', 'v2.0']).describe('Of the Custom Model Unit.'),
  costs: z.array(
    z.object({
      what: z.enum(['window', 'hour', 'idle', 'storage-month']).describe('A window is five minutes with a call in it.'),
      low: z.number().nullable().describe('null: no price is known.'),
      high: z.number().nullable(),
    }),
  ),
  perUnit: z.boolean().describe('Costs are those of one unit, for how many there are is not known.'),
  currency: z.string(),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
})
export type UnitEstimate = Immutable<z.infer<typeof estimateSchema>>

export const importCheckSchema = z.object({
  ...answerShape,
  model: z.object({
    address: z.string(),
    kind: z.enum(['local', 's3']),
    architecture: z
      .object({name: z.string(), className: z.string(), modelType: z.string()})
      .nullable()
      .describe('As AWS lists it; null where it does not.'),
    parameters: count.nullable().describe('Elements of all tensors; null while one file of weights is unread.'),
    weightBytes: count.nullable(),
    shards: count,
    files: count,
  }),
  region: regionName.nullable().describe('Where it is to be imported; null where none was named.'),
  findings: z.array(findingSchema).describe('Blockers first; what could not be told follows what fails.'),
  checks: z.array(checkSchema),
  afterwards: z.array(afterwardsSchema).describe('What works with the model once it is imported, and what does not.'),
  estimate: estimateSchema.nullable().describe('null where the weights could not be read.'),
  read: z.object({bytes: count, reads: count}).describe('What was read of the files; lists are not counted.'),
  gate: gateSchema,
})
export type ImportCheckResult = Immutable<z.infer<typeof importCheckSchema>>
