import {z} from 'zod'
import {answerShape, originSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const listedModelSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  provider: z.string().nullable(),
  status: z.string().describe('ACTIVE, LEGACY, PREVIEW, EOL or UNLISTED; a word of the service otherwise.'),
  endOfLife: z.string().nullable(),
  inRegion: z.array(regionName).describe('Of the Regions asked about: where the bare id works.'),
  profiles: z.array(z.string()).describe('Inference profiles that can be called from the Regions asked about.'),
  inputModalities: z.array(z.string()).nullable(),
  outputModalities: z.array(z.string()).nullable(),
  streaming: z.boolean().nullable(),
  tools: z.boolean().nullable(),
  promptCaching: z.boolean().nullable(),
  batch: z.boolean().nullable(),
  customizations: z.array(z.string()).nullable(),
  contextTokens: z.number().nullable(),
  maxOutputTokens: z.number().nullable(),
  launched: z.string().nullable(),
  price: z
    .object({
      inputUsdPerMillionTokens: z.number().nullable(),
      outputUsdPerMillionTokens: z.number().nullable(),
      routing: z.string().nullable(),
      region: z.string().nullable(),
      asOf: z.string(),
      source: z.string(),
    })
    .nullable()
    .describe('Lowest standard on-demand price in the Regions asked about; null when none is known.'),
})
export type ListedModel = Immutable<z.infer<typeof listedModelSchema>>

export const modelsListSchema = z.object({
  ...answerShape,
  regions: z.array(regionName),
  origins: z.array(originSchema).describe('Where each Region’s list was read.'),
  models: z.array(listedModelSchema),
})
export type ModelsListResult = Immutable<z.infer<typeof modelsListSchema>>
