import {z} from 'zod'
import type {Immutable} from '../core/immutable.js'

// data/iam/actions.json: the actions, resource types and condition keys of the Bedrock services, and where resource
// control policies apply.

const names = z.array(z.string())
const provenance = {source: z.string(), asOf: z.iso.date()}

const actionSchema = z.strictObject({
  name: z.string(),
  access: z.array(z.enum(['read', 'list', 'write', 'permissions', 'tagging'])).min(1),
  resources: names.optional().describe('Resource types the action checks; absent: none, so only Resource * matches.'),
  optionalResources: names.optional().describe('Checked when the request names one.'),
  conditionKeys: names.optional(),
})

const resourceTypeSchema = z.strictObject({
  name: z.string(),
  arn: z.string().describe('A template: Partition, Region, Account and names of its own stand in dollar and braces.'),
  conditionKeys: names.optional(),
})

const serviceSchema = z.strictObject({
  prefix: z.string(),
  conditionKeys: z.record(z.string(), z.string()).describe('Key to type: String, ARN, ArrayOfString, …'),
  resourceTypes: z.array(resourceTypeSchema),
  actions: z.array(actionSchema),
})

const rcpServicesSchema = z.strictObject({
  ...provenance,
  applies: names.describe('Service prefixes AWS lists.'),
  inert: names.describe('Bedrock services, none of which AWS lists.'),
})

export const iamFactsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  ...provenance,
  services: z.array(serviceSchema),
  operationsWithoutAction: z.record(z.string(), z.string()).describe('API operation to the action that authorises it.'),
  rcp: rcpServicesSchema,
})
export type IamFacts = Immutable<z.infer<typeof iamFactsSchema>>
export type ServiceFacts = IamFacts['services'][number]
export type ActionFacts = ServiceFacts['actions'][number]
/** Where resource control policies have an effect; a service in neither list is not known. */
export type RcpServices = IamFacts['rcp']
