import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** A PrivateLink endpoint of a Bedrock service, or the lack of one in a VPC. */
export const endpointRowSchema = z.object({
  id: z.string(),
  service: z.string(),
  vpc: z.string().nullable(),
  state: z.string(),
  tone: z.enum(['good', 'bad', 'warn']).nullable(),
  zones: z.array(z.string()),
  privateDns: z.boolean().nullable(),
  policy: z.string().nullable().describe('full access, restricted, or none.'),
  troubles: z.array(z.string()).describe('What is wrong with it, one line each.'),
})
export type EndpointRow = Immutable<z.infer<typeof endpointRowSchema>>
export const endpointRowsSchema = z.array(endpointRowSchema)
