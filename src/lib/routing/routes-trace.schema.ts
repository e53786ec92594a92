import {z} from 'zod'
import {answerShape, gateSchema, originSchema, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'
import {alternativeSchema, verdictWord} from '../models/availability/availability.schema.js'

const provenance = {
  source: z.string().describe('The page of the documentation, or what was read live.'),
  asOf: z.string().describe('Date of the source, as precise as it is known.'),
}

export const tracedEndpointSchema = z.object({
  family: z.enum(['bedrock-runtime', 'openai-on-runtime', 'bedrock-runtime-fips', 'bedrock-mantle']),
  answer: verdictWord.describe('Whether the route can be called through it.'),
  apis: z.array(z.string()).describe('InvokeModel, Converse, Responses, Chat Completions, Messages, ...'),
  url: z.string().nullable().describe('Public address; null when the partition’s names are not known.'),
  dualStackHost: z.string().nullable(),
  privateLink: z
    .object({serviceName: z.string(), privateDnsName: z.string(), ...provenance})
    .nullable()
    .describe('Interface endpoint in the source Region; null when its name is not known.'),
  note: z.string().nullable(),
  ...provenance,
})
export type TracedEndpoint = Immutable<z.infer<typeof tracedEndpointSchema>>

export const destinationSchema = z.object({
  region: regionName,
  displayName: z.string().nullable(),
  geography: z.string().nullable().describe('Name of the narrowest geography that holds it.'),
  geographies: z.array(z.string()).describe('Ids of every geography that holds it, narrowest first.'),
  optIn: z.boolean().nullable(),
  enabled: z.boolean().nullable().describe('Whether the account has enabled it; null: not read.'),
})
export type Destination = Immutable<z.infer<typeof destinationSchema>>

export const residencyVerdictSchema = z.object({
  geography: z.string(),
  name: z.string(),
  verdict: z.enum(['stays', 'leaves', 'unknown']),
  outside: z
    .array(regionName)
    .nullable()
    .describe('Source and destination Regions outside it; null: any Region of the partition, or not known.'),
})
export type ResidencyVerdict = Immutable<z.infer<typeof residencyVerdictSchema>>

export const permissionSchema = z.object({
  actions: z.array(z.string()),
  resources: z.array(z.string()).describe('`<account>` stands for the account id when it was not read.'),
  conditions: z.array(
    z.object({
      operator: z.string(),
      key: z.string(),
      values: z.array(z.string()),
      required: z.boolean().describe('False: AWS shows it as a way to narrow the permission.'),
    }),
  ),
  complete: z.boolean().describe('False: more resources are needed than are known; see why.'),
  why: z.string(),
  ...provenance,
})
export type Permission = Immutable<z.infer<typeof permissionSchema>>

export const tracedFactSchema = z.object({
  topic: z.enum([
    'at-rest',
    'in-transit',
    'retention',
    'cloudtrail',
    'invocation-logging',
    'metrics',
    'scp',
    'endpoint-policy',
    'first-use',
  ]),
  statement: z.string(),
  region: z.string().nullable().describe('Where it happens; null: not one Region.'),
  derived: z.boolean().describe('True: concluded from the source, not said by it.'),
  ...provenance,
})
export type TracedFact = Immutable<z.infer<typeof tracedFactSchema>>

export const tracedRouteSchema = z.object({
  id: z.string().describe('What to pass as modelId.'),
  kind: z.enum(['in-region', 'geo', 'global', 'mantle']),
  resource: z
    .enum([
      'foundation-model',
      'inference-profile',
      'application-inference-profile',
      'provisioned-model',
      'imported-model',
      'custom-model',
      'custom-model-deployment',
      'project',
    ])
    .describe('What the ARN is of.'),
  arn: z.string(),
  geography: z.string().nullable(),
  endpoints: z.array(tracedEndpointSchema),
  destinations: z
    .array(destinationSchema)
    .nullable()
    .describe('Every Region that may process; null when not known, and for Global: any Region of the partition.'),
  residency: z.array(residencyVerdictSchema).describe('Of processing and of what stays in the source Region.'),
  holds: verdictWord.nullable().describe('Whether it meets --residency; null without it.'),
  permissions: z.array(permissionSchema).describe('Every leg that identity and resource policies must allow.'),
  mustNotBeDenied: z.array(tracedFactSchema),
  dataHandling: z.array(tracedFactSchema),
  note: z.string().nullable(),
})
export type TracedRoute = Immutable<z.infer<typeof tracedRouteSchema>>

export const invocationLoggingStateSchema = z.object({
  answer: verdictWord.describe('Whether invocation logging is configured in the source Region.'),
  destinations: z.array(z.string()).describe('s3://bucket/prefix and log group names.'),
  delivers: z.array(z.string()).describe('text, image, embedding, video, audio.'),
  source: z.string().describe('The call that was made, or why none could be.'),
  asOf: z.string().nullable().describe('ISO 8601; null: not read.'),
})
export type InvocationLoggingState = Immutable<z.infer<typeof invocationLoggingStateSchema>>

export const routesTraceSchema = z.object({
  ...answerShape,
  asked: z.string(),
  model: z.object({id: z.string().nullable(), name: z.string().nullable(), provider: z.string().nullable()}),
  from: destinationSchema,
  partition: z.string(),
  account: z.string().nullable().describe('Account of the caller; null when it was not read.'),
  routes: z.array(tracedRouteSchema),
  passedOver: z.array(z.object({kind: z.string(), answer: verdictWord, id: z.string().nullable(), reason: z.string()})),
  invocationLogging: invocationLoggingStateSchema,
  nearest: alternativeSchema.nullable().describe('What works instead when nothing here does.'),
  origin: originSchema.nullable(),
  gate: gateSchema,
})
export type RoutesTraceResult = Immutable<z.infer<typeof routesTraceSchema>>
