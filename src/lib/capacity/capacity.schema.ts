import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'
import {moneySchema} from '../cost/estimate/estimate.schema.js'

export const commitmentName = z.enum(['none', '1-month', '6-month'])

const loadSchema = z.object({
  mean: z.number().describe('Input and output tokens a minute, over the last day.'),
  busiest: z.number().describe('Of 95 of 100 minutes no more.'),
})

export const capacityRowSchema = z.object({
  kind: z.enum(['provisioned', 'deployment', 'imported']),
  name: z.string(),
  id: z.string(),
  arn: z.string(),
  region: regionName,
  state: z.string(),
  message: z.string().nullable().describe('Why it failed, in the words of the service.'),
  modelArn: z.string().describe('What it serves.'),
  desiredModelArn: z.string().nullable().describe('What it is on its way to serve; null where it is not.'),
  baseModelId: z.string().nullable().describe('Base model of the catalog; null where it is not known.'),
  units: z.number().int().nullable().describe('Model units; null where they are not sold by units.'),
  copies: z.number().nullable().describe('Copies of an imported model that are loaded; null where that is not known.'),
  commitment: commitmentName.nullable().describe('null: it has none to make.'),
  commitmentEndsAt: z.string().nullable().describe('Before that it cannot be deleted.'),
  createdAt: z.string(),
  hourly: moneySchema.nullable().describe('While it is as it is now, called or not; null where no price is known.'),
  billing: z.string().describe('How it is billed, or why that is not known.'),
  calls: z.number().nullable().describe('Within the last 30 days, or --idle-after; null where it was not read.'),
  lastCallAt: z.string().nullable().describe('Start of the hour of its last call in that time.'),
  throttles: z.number().nullable().describe('Within the last day; null where it was not read.'),
  load: loadSchema.nullable().describe('null where no metric tells.'),
  utilisation: z
    .object({mean: z.number(), busiest: z.number()})
    .nullable()
    .describe('Share of what its units serve; null where that is not known.'),
  idle: z.boolean().nullable().describe('Nobody has called it for so long; null where that is not known.'),
  idleWhy: z.string().nullable(),
})
export type CapacityRow = Immutable<z.infer<typeof capacityRowSchema>>
export type CommitmentName = Immutable<z.infer<typeof commitmentName>>
