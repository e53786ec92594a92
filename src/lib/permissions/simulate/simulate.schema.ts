import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {callSchema, legSchema, OUTCOMES, principalSchema} from '../call/call.schema.js'

const checkSchema = z.object({
  leg: z.string(),
  asked: z.boolean(),
  aws: z.enum(['allowed', 'explicitDeny', 'implicitDeny']).nullable().describe('Null: not asked, or not answered.'),
  own: z.enum(OUTCOMES).nullable().describe('Our verdict on what AWS was asked: identity policies and boundary alone.'),
  agrees: z.boolean().nullable().describe('Null: the two cannot be compared.'),
  notCompared: z.array(z.string()).describe('What the simulator of AWS leaves out, or why it was not asked.'),
})

export const iamSimulateSchema = z.object({
  ...answerShape,
  gate: gateSchema,
  account: z.string(),
  takenAt: z.string().describe('When the policies were read.'),
  principal: principalSchema,
  call: callSchema,
  outcome: z.enum(OUTCOMES).describe('Every leg must be allowed; a denial outranks what is not known.'),
  deciding: z.string().nullable().describe('Name of the first leg with that outcome; null when all are allowed.'),
  legs: z.array(legSchema),
  notes: z.array(z.string()),
  verification: z
    .array(checkSchema)
    .nullable()
    .describe('What iam:SimulatePrincipalPolicy says of each leg; null: not asked for.'),
})
export type IamSimulate = Immutable<z.infer<typeof iamSimulateSchema>>
export type AwsCheck = Immutable<z.infer<typeof checkSchema>>
