import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

const troubleSchema = z.object({
  check: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  verdict: z.enum(['FAIL', 'UNKNOWN']),
  text: z.string(),
  remedy: z.string().nullable(),
  commands: z.array(z.string()),
})
export type EndpointTrouble = Immutable<z.infer<typeof troubleSchema>>

/** A PrivateLink endpoint of a Bedrock service, or the lack of one in a VPC that needs it. */
export const endpointRowSchema = z.object({
  id: z.string().describe('Of the endpoint; VPC and service where one lacks.'),
  name: z.string().nullable(),
  region: z.string(),
  service: z.string(),
  vpc: z.string().nullable(),
  state: z.string().describe('As AWS spells it; absent where one lacks.'),
  tone: z.enum(['good', 'bad', 'warn']).nullable(),
  zones: z.array(z.string()),
  privateDns: z.boolean().nullable(),
  policy: z.string().nullable().describe('full access, restricted, or unknown; null where there is no endpoint.'),
  troubles: z.array(troubleSchema).describe('What is wrong with it, or cannot be told, worst first.'),
  more: z.string().describe('Command that tells more of its network.'),
  facts: z.array(z.tuple([z.string(), z.string()])),
})
export type EndpointRow = Immutable<z.infer<typeof endpointRowSchema>>
export const endpointRowsSchema = z.array(endpointRowSchema)
