import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'
import {momentSchema} from '../moment.schema.js'

/** A management event of Bedrock, or something the board noticed itself. */
export const eventRowSchema = z.object({
  id: z.string().describe('The same event has the same id in every look.'),
  atMs: momentSchema,
  name: z.string(),
  source: z.string().describe('Event source, or "board" for what the board noticed.'),
  who: z.string().nullable(),
  resource: z.string().nullable(),
  region: z.string().nullable(),
  errorCode: z.string().nullable(),
  text: z.string().nullable(),
})
export type EventRow = Immutable<z.infer<typeof eventRowSchema>>
export const eventRowsSchema = z.array(eventRowSchema)
