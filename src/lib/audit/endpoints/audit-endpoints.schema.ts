import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {auditReportSchema} from '../audit-report.schema.js'

const text = z.string()

const cell = z.object({
  service: text.describe('Last part of the name of the endpoint service, such as bedrock-runtime.'),
  path: z
    .enum(['private-dns', 'shared', 'no-dns', 'unavailable', 'none', 'unknown'])
    .describe(
      'private-dns: an available endpoint of the VPC answers to the usual name. shared: a hosted zone leads to an available endpoint, mostly in another VPC. no-dns: there is an available endpoint, and the usual name does not lead to it. unavailable: there is one that carries no call. none: there is none. unknown: cannot be told.',
    ),
  endpoint: text.nullable().describe('Id; null where there is none.'),
  state: text.nullable().describe('Of the endpoint, as AWS spells it.'),
  vpc: text.nullable().describe('VPC of the endpoint.'),
  zone: text.nullable().describe('Of shared: the hosted zone that leads there.'),
  needed: z.boolean().describe('Something in the VPC uses the service: declared, or seen in events.'),
  because: text.nullable().describe('Of unknown: what is missing.'),
})

const vpc = z.object({
  id: text,
  name: text.nullable(),
  isDefault: z.boolean(),
  cidrs: z.array(text),
  workloads: z.array(text).describe('Workloads of bedrockctl.yaml that run in it.'),
  cells: z.array(cell).describe('One for each service.'),
})

const region = z.object({
  region: text,
  notOffered: z
    .array(text)
    .describe('Services for which the Region offers no endpoint; empty where that was not read.'),
  vpcs: z.array(vpc),
})

export const auditEndpointsSchema = z.object({
  ...answerShape,
  kind: z.literal('bedrockctl-audit-endpoints'),
  services: z.array(text).describe('In the order of the cells.'),
  regions: z.array(region),
  unseen: z.array(text).describe('What would have to be read to know of every VPC and endpoint.'),
  report: auditReportSchema,
  gate: auditReportSchema.shape.gate,
})
/** How each VPC reaches each service of Bedrock, and what the checks of the network path find. */
export type AuditEndpoints = Immutable<z.infer<typeof auditEndpointsSchema>>
export type MatrixRegion = AuditEndpoints['regions'][number]
export type MatrixVpc = MatrixRegion['vpcs'][number]
export type PathCell = MatrixVpc['cells'][number]
