import {z} from 'zod'
import {isoDate, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {paceSchema} from '../pace/pace.schema.js'
import {costSchema} from './cost.schema.js'
import {iamSchema, roleSchema} from './iam.schema.js'
import {hostedZoneSchema, networkSchema} from './network.schema.js'
import {organizationSchema} from './organization.schema.js'
import {regionResources} from './resources.schema.js'
import {accountId, arn, shows, tags} from './scenario-parts.schema.js'
import {trafficSchema} from './traffic.schema.js'

// A scenario is a data file: who there is, what each account has, and what goes wrong. What is left out is as a new
// AWS account has it. Unknown members are refused: a misspelt one would otherwise do nothing, silently.

const resourceId = z.string().regex(/^[a-z0-9]{12}$/, 'twelve lower-case letters or digits')
const resourceName = z.string().regex(/^([0-9a-zA-Z][ _-]?)+$/, 'letters, digits and single spaces, _ or - between')
const actionPattern = z.string().regex(/^[a-z0-9-]+:[A-Za-z0-9*]+$/, 'an IAM action such as bedrock:List*')

const keySchema = z.strictObject({
  accessKeyId: z.string().regex(/^AKIA[A-Z0-9]{16}$/, 'AKIA and sixteen capitals or digits'),
  secretAccessKey: z.string().min(1),
  user: z.string().min(1).max(64),
})

const denialSchema = z.strictObject({
  action: actionPattern,
  regions: z.array(regionName).optional(),
  principals: z.array(z.string()).optional().describe('User or role names; everybody when left out.'),
})

const accessSchema = z.strictObject({
  agreements: z
    .enum(['accepted', 'none'])
    .optional()
    .describe('What holds for every model sold through AWS Marketplace; default none.'),
  exceptions: z.record(z.string(), z.enum(['accepted', 'none', 'pending'])).optional(),
  entitled: z.array(z.string()).optional().describe('Sales-gated models this account may use.'),
  withheld: z.array(z.string()).optional().describe('Models AWS keeps from this account, gated in the catalog or not.'),
  useCaseForm: z.boolean().optional().describe('Submitted for every Region that needs no opt-in.'),
})

const deliverySchema = z.strictObject({bucketName: z.string(), keyPrefix: z.string().optional()})

const loggingSchema = z.strictObject({
  s3: deliverySchema.optional(),
  cloudWatch: z
    .strictObject({
      logGroupName: z.string(),
      roleName: z.string(),
      largeData: deliverySchema.optional().describe('Where bodies of more than 100 KB go.'),
    })
    .optional(),
  text: z.boolean().optional(),
  images: z.boolean().optional(),
  embeddings: z.boolean().optional(),
})

const regionSchema = z.strictObject({
  ...regionResources.shape,
  shows,
  network: networkSchema.optional(),
  dataRetention: z.enum(['inherit', 'none', 'default', 'aws_review', 'provider_data_share']).optional(),
  logging: loggingSchema.optional(),
  applicationProfiles: z
    .array(
      z.strictObject({
        id: resourceId,
        name: resourceName,
        description: z.string().optional(),
        copyFrom: z.string().describe('Id of a model or of a system profile.'),
        createdOn: isoDate,
        tags: tags.optional(),
      }),
    )
    .optional(),
  provisionedModels: z
    .array(
      z.strictObject({
        id: resourceId,
        name: resourceName,
        model: z.string().describe('A provisionable model id, or `custom-model:` and the name of one below.'),
        modelUnits: z.number().int().positive(),
        commitment: z.enum(['OneMonth', 'SixMonths']).optional(),
        createdOn: isoDate,
        tags: tags.optional(),
      }),
    )
    .optional(),
  importedModels: z
    .array(
      z.strictObject({
        id: resourceId,
        name: resourceName,
        s3Uri: z.string().startsWith('s3://'),
        architecture: z.string(),
        instructSupported: z.boolean(),
        customModelUnits: z.number().int().positive(),
        kmsKeyArn: arn.optional(),
        createdOn: isoDate,
        tags: tags.optional(),
      }),
    )
    .optional(),
  customModels: z
    .array(
      z.strictObject({
        id: resourceId,
        name: resourceName,
        baseModel: z.string(),
        customizationType: z.enum([
          'FINE_TUNING',
          'CONTINUED_PRE_TRAINING',
          'DISTILLATION',
          'REINFORCEMENT_FINE_TUNING',
        ]),
        kmsKeyArn: arn.optional(),
        createdOn: isoDate,
        tags: tags.optional(),
        deployment: z.strictObject({id: resourceId, name: resourceName, description: z.string().optional()}).optional(),
      }),
    )
    .optional(),
})

const accountSchema = z.strictObject({
  id: accountId,
  name: z.string().min(1),
  partition: z.string().optional().describe('Default aws.'),
  createdOn: isoDate,
  keys: z.array(keySchema).min(1),
  bearerToken: z.string().startsWith('ABSK', 'a Bedrock API key begins with ABSK'),
  optInRegions: z.array(regionName).optional().describe('Opt-in Regions that are enabled.'),
  roles: z.array(roleSchema).optional(),
  iam: iamSchema.optional(),
  hostedZones: z.array(hostedZoneSchema).optional(),
  deny: z.array(denialSchema).optional(),
  access: accessSchema.optional(),
  quotas: z.record(z.string().regex(/^L-[0-9A-F]{8}$/), z.number().nonnegative()).optional(),
  cost: costSchema.optional(),
  everyRegion: regionSchema
    .optional()
    .describe('Of every Region; in its texts region, account and partition, in braces after a $, stand for the place.'),
  regions: z.record(regionName, regionSchema).optional(),
})

const faultSchema = z.strictObject({
  account: accountId.optional(),
  region: regionName.optional(),
  service: z.string().optional(),
  operation: z.string().optional(),
  effect: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('error'),
      code: z.string(),
      status: z.number().int().min(400).max(599),
      message: z.string(),
    }),
    z.strictObject({kind: z.literal('drop')}),
    z.strictObject({kind: z.literal('latency'), ms: z.number().nonnegative()}),
    z.strictObject({
      kind: z.literal('throttle'),
      ratePerSecond: z.number().positive(),
      burst: z.number().int().positive(),
    }),
  ]),
})

export const scenarioSchema = z.strictObject({
  description: z.string().min(1).describe('One line, for `sandbox scenarios`.'),
  region: regionName.optional().describe('Where `sandbox env` starts; default us-east-1.'),
  accounts: z.array(accountSchema).min(1).describe('The first one is who `sandbox env` signs in as.'),
  organization: organizationSchema.optional().describe('Accounts outside it belong to none.'),
  faults: z.array(faultSchema).optional(),
  pace: z
    .array(paceSchema)
    .optional()
    .describe('How fast models answer; the first that fits counts, member by member.'),
  traffic: trafficSchema.optional(),
})

export type Scenario = Immutable<z.infer<typeof scenarioSchema>>
export type ScenarioAccount = Scenario['accounts'][number]
export type ScenarioRole = NonNullable<ScenarioAccount['roles']>[number]
export type ScenarioIam = NonNullable<ScenarioAccount['iam']>
export type ScenarioHostedZone = NonNullable<ScenarioAccount['hostedZones']>[number]
export type ScenarioOrganization = NonNullable<Scenario['organization']>
export type ScenarioRegion = Immutable<z.infer<typeof regionSchema>>
export type ScenarioResources = Immutable<z.infer<typeof regionResources>>
export type ScenarioCost = Immutable<z.infer<typeof costSchema>>
