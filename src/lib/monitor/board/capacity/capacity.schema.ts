import {z} from 'zod'
import {capacityRowSchema} from '../../../capacity/capacity.schema.js'
import type {Immutable} from '../../../core/immutable.js'
import {rowActionSchema} from '../jobs/jobs.schema.js'

export const boardCapacitySchema = capacityRowSchema.extend({actions: z.array(rowActionSchema)})
export type BoardCapacity = Immutable<z.infer<typeof boardCapacitySchema>>
export const capacityRowsSchema = z.array(boardCapacitySchema)
