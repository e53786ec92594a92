import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

// data/routing/endpoints.json: names of endpoints by API family. `{region}`, `{dnsSuffix}`, `{dualStackSuffix}` and
// `{serviceNamePrefix}` stand for the Region and for what its partition uses.

const provenance = {source: z.string(), asOf: z.string()}

const partitionSchema = z.object({
  id: z.string(),
  dnsSuffix: z.string(),
  dualStackSuffix: z.string().nullable().describe('Null: not known.'),
  serviceNamePrefix: z.string().nullable().describe('Of PrivateLink service names; null: not known.'),
  ...provenance,
})

const endpointFamilySchema = z.object({
  id: z.enum(['bedrock-runtime', 'bedrock-runtime-fips', 'bedrock-mantle']),
  host: z.string(),
  dualStackHost: z.string().nullable(),
  regions: z.array(regionName).nullable().describe('Regions the source names; null: every Region with Bedrock.'),
  elsewhere: z.enum(['no', 'unknown']).describe('What is said of a Region that the source does not name.'),
  privateLink: z.object({serviceName: z.string(), privateDnsName: z.string(), ...provenance}),
  ...provenance,
})

export const endpointFactsSchema = z.object({
  schemaVersion: z.literal(1),
  partitions: z.array(partitionSchema),
  families: z.array(endpointFamilySchema),
})
export type EndpointFacts = Immutable<z.infer<typeof endpointFactsSchema>>
export type EndpointFamily = EndpointFacts['families'][number]
