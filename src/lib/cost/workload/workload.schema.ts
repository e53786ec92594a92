import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import {ownPricesSchema} from '../own-prices/own-prices.schema.js'
import {agentShape} from './agent/agent.schema.js'
import {embeddingsShape} from './embeddings/embeddings.schema.js'
import {importedModelShape} from './imported-model/imported-model.schema.js'
import {inferenceShape} from './inference/inference.schema.js'
import {mediaShape} from './media/media.schema.js'
import {provisionedShape} from './provisioned/provisioned.schema.js'
import {ragShape} from './rag/rag.schema.js'
import {reservedShape} from './reserved/reserved.schema.js'
import {selfHostedShape} from './self-hosted/self-hosted.schema.js'
import {servicesShape} from './services/services.schema.js'
import {trainingShape} from './training/training.schema.js'

const common = {
  name: z.string().min(1).max(80),
  description: z.string().optional(),
  growth: z
    .union([
      z.number().refine((rate) => Math.abs(rate) <= 1, 'a rate such as 0.05; 5 % are 5% or 0.05'),
      z.string().regex(/^-?\d+(\.\d+)?%$/, 'a rate such as 5% or -2.5%'),
    ])
    .transform((value) => (typeof value === 'number' ? value : Number(value.slice(0, -1)) / 100))
    .refine((rate) => rate > -1 && rate <= 10, 'a monthly growth between -100% and 1000%')
    .optional()
    .describe('From month to month: 5% is 0.05.'),
  months: z
    .array(z.number().nonnegative().max(1000))
    .length(12)
    .optional()
    .describe('Twelve factors on the volume, one a month, such as a seasonal profile.'),
}

export const workloadSchema = z.discriminatedUnion('kind', [
  z.strictObject({...common, ...importedModelShape}),
  z.strictObject({...common, ...provisionedShape}),
  z.strictObject({...common, ...reservedShape}),
  z.strictObject({...common, ...selfHostedShape}),
  z.strictObject({...common, ...servicesShape}),
  z.strictObject({...common, ...trainingShape}),
  z.strictObject({...common, ...inferenceShape}),
  z.strictObject({...common, ...ragShape}),
  z.strictObject({...common, ...agentShape}),
  z.strictObject({...common, ...embeddingsShape}),
  z.strictObject({...common, ...mediaShape}),
])

/** Workloads that are called as one before them. */
export function sameNames(all: readonly {readonly name?: unknown}[]): readonly {index: number; message: string}[] {
  const seen = new Set<unknown>()
  return all.flatMap(({name}, index) => {
    if (name === undefined || !seen.has(name)) {
      seen.add(name)
      return []
    }
    return [{index, message: `another workload is called ${String(name)} too`}]
  })
}

/** A workload file. */
export const workloadFileSchema = z
  .strictObject({
    version: z.literal(1),
    region: regionName.optional().describe('The Region that is called, unless a workload names its own.'),
    prices: ownPricesSchema
      .default(() => [])
      .describe('Prices that hold for you, such as a private offer; they win over every list.'),
    workloads: z
      .array(workloadSchema)
      .min(1)
      .superRefine((all, context) => {
        for (const {index, message} of sameNames(all)) {
          context.addIssue({code: 'custom', path: [index, 'name'], message})
        }
      }),
  })
  .describe('Workloads that are priced together.')

/** A workload as read: numbers are decimals, volumes are a month's. */
export type Workload = Readonly<z.infer<typeof workloadSchema>>
export type WorkloadOf<Kind extends Workload['kind']> = Extract<Workload, {kind: Kind}>
