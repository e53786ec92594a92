import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import {inferenceShape} from './inference/inference.schema.js'

const common = {
  name: z.string().min(1).max(80),
  description: z.string().optional(),
  growth: z
    .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?%$/, 'a rate such as 5% or -2.5%')])
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

const workload = z.discriminatedUnion('kind', [z.strictObject({...common, ...inferenceShape})])

/** A workload file. */
export const workloadFileSchema = z
  .strictObject({
    version: z.literal(1),
    region: regionName.optional().describe('The Region that is called, unless a workload names its own.'),
    workloads: z
      .array(workload)
      .min(1)
      .refine((all) => new Set(all.map(({name}) => name)).size === all.length, 'two workloads have the same name'),
  })
  .describe('Workloads that are priced together.')

/** A workload as read: numbers are decimals, volumes are a month's. */
export type Workload = Readonly<z.infer<typeof workload>>
export type WorkloadFile = Readonly<z.infer<typeof workloadFileSchema>>
export type WorkloadOf<Kind extends Workload['kind']> = Extract<Workload, {kind: Kind}>
