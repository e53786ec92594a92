import {z} from 'zod'
import {capacityRowSchema} from '../../../capacity/capacity.schema.js'
import type {Immutable} from '../../../core/immutable.js'
import {rowActionSchema} from '../jobs/jobs.schema.js'

export const boardCapacitySchema = capacityRowSchema.extend({
  refused: z.string().nullable().describe('Why what is idle cannot be deleted now; null where it can, or is not idle.'),
  lookedBackAtMs: z
    .number()
    .nullable()
    .describe('When its calls were read as far back as they are told; since then each look adds the last hour.'),
  gaps: z.array(z.string()).describe('What could not be read of its Region, one line each.'),
  next: z.string().nullable().describe('Command to go on with; null where nothing is to be done.'),
  actions: z.array(rowActionSchema),
})
export type BoardCapacity = Immutable<z.infer<typeof boardCapacitySchema>>
export const capacityRowsSchema = z.array(boardCapacitySchema)
