import {z} from 'zod'
import {decimal} from '../../../core/decimal.js'
import {call, quantity} from '../fields.schema.js'

export const trainingShape = {
  kind: z.literal('training').describe('Customising a base model: what training costs, and keeping the result.'),
  ...call,
  tokens: quantity.optional().describe('Of the data set; reinforcement fine-tuning is billed by hours instead.'),
  epochs: quantity.default(() => decimal(1)).describe('How often the data set is gone through.'),
  hours: quantity.optional().describe('Of reinforcement fine-tuning.'),
  runs: quantity.default(() => decimal(1)).describe('How often it is trained, in all.'),
  models: quantity.default(() => decimal(1)).describe('Custom models that are kept.'),
}
