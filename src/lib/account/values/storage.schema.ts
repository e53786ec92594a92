import {z} from 'zod'
import {flag, maybe, maybeMoment, part, policyText, quantity, text} from './parts.schema.js'

const publicAccessBlock = z.object({
  blockAcls: z.boolean(),
  ignoreAcls: z.boolean(),
  blockPolicy: z.boolean(),
  restrictBuckets: z.boolean(),
})

const lifecycleRule = z.object({
  id: maybe,
  enabled: z.boolean(),
  prefix: maybe,
  filtered: z.boolean().describe('Holds for some objects only, by prefix, tag or size.'),
  expireDays: quantity,
  expireAt: maybeMoment,
  noncurrentExpireDays: quantity,
})

const bucket = z.object({
  name: text,
  uses: z.array(z.object({read: text, region: text, purpose: text})).describe('What brought it here.'),
  region: part(maybe).describe('Null: there is no such bucket.'),
  policy: part(policyText.nullable()),
  policyIsPublic: part(z.boolean()),
  encryption: part(z.object({algorithm: text, kmsKey: maybe, bucketKey: flag}).nullable()),
  publicAccessBlock: part(publicAccessBlock.nullable()).describe('Null: nothing is configured on the bucket.'),
  ownership: part(maybe),
  versioning: part(maybe),
  lifecycle: part(z.array(lifecycleRule)),
})

const logGroup = z.object({
  name: text,
  arn: text,
  retentionDays: quantity.describe('Null: never expires.'),
  kmsKeyArn: maybe,
  class: maybe,
  storedBytes: quantity,
  dataProtection: maybe,
  createdAt: maybeMoment,
})

const key = z.object({
  id: text.describe('As the resources that use it name it: ARN, id or alias.'),
  uses: z.array(z.object({read: text, resource: text})),
  detail: part(
    z
      .object({
        arn: text,
        state: text,
        enabled: z.boolean(),
        manager: text.describe('CUSTOMER or AWS.'),
        origin: maybe,
        usage: maybe,
        spec: maybe,
        multiRegion: flag,
        deletionAt: maybeMoment,
        createdAt: maybeMoment,
      })
      .nullable(),
  ).describe('Null: there is no such key.'),
  rotation: part(z.object({enabled: z.boolean(), periodDays: quantity})),
  policy: part(policyText.nullable()),
})

export const storageReads = {
  's3:buckets': z.array(bucket).describe('Buckets that hold logs, models, batch data, data sources or trails.'),
  'logs:log-groups': z.array(logGroup).describe('Groups that invocation logging writes to.'),
  'logs:resource-policies': z.array(z.object({name: text, document: policyText.nullable()})),
  'kms:keys': z.array(key).describe('Keys that resources of Bedrock, its logs and its data name.'),
}
