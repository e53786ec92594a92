import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const customizationInvokeSchema = z.object({
  ...answerShape,
  target: z.object({
    kind: z.enum(['deployment', 'provisioned-throughput']),
    name: z.string(),
    arn: z.string(),
    region: regionName,
    modelArn: z.string(),
  }),
  answer: z.string().nullable().describe('null: the answer has a shape that is not known; `output` has it.'),
  output: z.string().nullable().describe('The answer as it came, where its shape is not known.'),
  stopReason: z.string().nullable(),
  tokens: z.object({input: z.number().nullable(), output: z.number().nullable()}),
  tries: z.int().positive().describe('How often it was asked.'),
  waitedSeconds: z.number().nullable().describe('Until it was ready; null: it was ready at once.'),
  answerSeconds: z.number().describe('The request that was answered, by itself.'),
  notes: z.array(z.string()),
})
export type CustomizationInvokeResult = Immutable<z.infer<typeof customizationInvokeSchema>>
