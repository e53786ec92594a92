import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type LifecycleRule,
  S3Client,
} from '@aws-sdk/client-s3'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {Part, PartValue, ReadItem} from '../../account/snapshot.schema.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

type Bucket = ReadItem<'s3:buckets'>
type Details = Omit<Bucket, 'name' | 'uses' | 'region'>

export function bucketReaders(wire: Wire): Readers {
  const build = (config: ConstructorParameters<typeof S3Client>[0]) =>
    // A bucket that another Region answers for is asked there.
    new S3Client({...config, followRegionRedirects: true})
  const ask = asks(wire, {service: 's3', prefix: 's3', build})
  return {
    's3:buckets': (context, buckets) =>
      mapBounded(buckets, async ({name, uses}): Promise<Bucket> => {
        const region = await context.part('s3:ListBucket', () => absentAs(readRegion(name, ask(context)), null))
        if (region.status === 'read' && region.value === null) return {name, uses, region, ...noBucket()}
        const home = region.status === 'read' && region.value !== null ? region.value : context.region
        return {name, uses, region, ...(await readDetails(name, ask(context, home), context))}
      }),
  }
}

async function readRegion(Bucket: string, s3: Asking<S3Client>): Promise<string | null> {
  const answer = await s3.one('ListBucket', (client, options) => client.send(new HeadBucketCommand({Bucket}), options))
  return answer.BucketRegion ?? null
}

function noBucket(): Details {
  const none = {
    status: 'skipped',
    action: 's3:ListBucket',
    code: 'NOT_FOUND',
    reason: 'There is no such bucket.',
  } as const
  return {
    policy: none,
    policyIsPublic: none,
    encryption: none,
    publicAccessBlock: none,
    ownership: none,
    versioning: none,
    lifecycle: none,
  }
}

async function readDetails(Bucket: string, s3: Asking<S3Client>, context: ReadContext): Promise<Details> {
  /** One part; what S3 answers with "there is none" is `none`. */
  const part = <Value>(
    operation: string,
    none: Value,
    send: Parameters<typeof s3.one<Value>>[1],
  ): Promise<Part<Value>> =>
    context.part(`s3:${operation}`, () => absentAs<Value, Value>(s3.one(operation, send), none))
  const [policy, policyIsPublic, encryption, publicAccessBlock, ownership, versioning, lifecycle] = await Promise.all([
    part<string | null>('GetBucketPolicy', null, async (client, options) => {
      return (await client.send(new GetBucketPolicyCommand({Bucket}), options)).Policy ?? null
    }),
    part('GetBucketPolicyStatus', false, async (client, options) => {
      const answer = await client.send(new GetBucketPolicyStatusCommand({Bucket}), options)
      return answer.PolicyStatus?.IsPublic === true
    }),
    part<PartValue<Bucket['encryption']>>('GetEncryptionConfiguration', null, async (client, options) =>
      readEncryption(client, Bucket, options),
    ),
    part<PartValue<Bucket['publicAccessBlock']>>('GetBucketPublicAccessBlock', null, async (client, options) =>
      readPublicAccessBlock(client, Bucket, options),
    ),
    part<string | null>('GetBucketOwnershipControls', null, async (client, options) => {
      const answer = await client.send(new GetBucketOwnershipControlsCommand({Bucket}), options)
      return answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null
    }),
    part<string | null>('GetBucketVersioning', null, async (client, options) => {
      return (await client.send(new GetBucketVersioningCommand({Bucket}), options)).Status ?? null
    }),
    part<PartValue<Bucket['lifecycle']>>('GetLifecycleConfiguration', [], async (client, options) => {
      const answer = await client.send(new GetBucketLifecycleConfigurationCommand({Bucket}), options)
      return (answer.Rules ?? []).map(toLifecycleRule)
    }),
  ])
  return {policy, policyIsPublic, encryption, publicAccessBlock, ownership, versioning, lifecycle}
}

type SendOptions = Parameters<Parameters<Asking<S3Client>['one']>[1]>[1]

async function readEncryption(client: S3Client, Bucket: string, options: SendOptions) {
  const answer = await client.send(new GetBucketEncryptionCommand({Bucket}), options)
  const rule = answer.ServerSideEncryptionConfiguration?.Rules?.[0]
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  return byDefault
    ? {
        algorithm: byDefault.SSEAlgorithm ?? '',
        kmsKey: byDefault.KMSMasterKeyID ?? null,
        bucketKey: rule?.BucketKeyEnabled ?? null,
      }
    : null
}

async function readPublicAccessBlock(client: S3Client, Bucket: string, options: SendOptions) {
  const answer = await client.send(new GetPublicAccessBlockCommand({Bucket}), options)
  const block = answer.PublicAccessBlockConfiguration
  return block
    ? {
        blockAcls: block.BlockPublicAcls === true,
        ignoreAcls: block.IgnorePublicAcls === true,
        blockPolicy: block.BlockPublicPolicy === true,
        restrictBuckets: block.RestrictPublicBuckets === true,
      }
    : null
}

function toLifecycleRule(rule: LifecycleRule): PartValue<Bucket['lifecycle']>[number] {
  const {Filter: filter} = rule
  const prefix = filter?.Prefix ?? filter?.And?.Prefix ?? rule.Prefix
  const further = filter?.Tag ?? filter?.And ?? filter?.ObjectSizeGreaterThan ?? filter?.ObjectSizeLessThan
  return {
    id: rule.ID ?? null,
    enabled: rule.Status === 'Enabled',
    prefix: prefix === undefined || prefix === '' ? null : prefix,
    filtered: (prefix !== undefined && prefix !== '') || further !== undefined,
    expireDays: rule.Expiration?.Days ?? null,
    expireAt: moment(rule.Expiration?.Date),
    noncurrentExpireDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null,
  }
}
