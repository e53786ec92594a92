import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {unitCostSchema} from '../imports.schema.js'

export const importsInvokeSchema = z.object({
  ...answerShape,
  model: z.object({name: z.string(), arn: z.string(), region: regionName, architecture: z.string().nullable()}),
  api: z.enum(['InvokeModel', 'Converse']),
  format: z.enum(['converse', 'chat-completion', 'completion', 'family-prompt']).describe('How the body is worded.'),
  answer: z.string().nullable().describe('null: the answer has a shape that is not known; `output` has it.'),
  output: z.string().nullable().describe('The answer as it came, where its shape is not known.'),
  stopReason: z.string().nullable(),
  tokens: z.object({input: z.number().nullable(), output: z.number().nullable()}),
  tries: z.int().positive().describe('How often the model was asked.'),
  coldStartSeconds: z
    .number()
    .nullable()
    .describe('From the first refusal to the request that was answered; null: it was ready.'),
  answerSeconds: z.number().describe('The request that was answered, by itself.'),
  cost: unitCostSchema.nullable().describe('Of a copy; null where nothing tells.'),
  notes: z.array(z.string()),
})
export type ImportsInvokeResult = Immutable<z.infer<typeof importsInvokeSchema>>
