import type * as S3 from '@aws-sdk/client-s3'
import type {BucketLocationConstraint, LifecycleRule, Permission, ServerSideEncryption} from '@aws-sdk/client-s3'
import {handlersFor, WireError} from '../handler.js'
import type {Bucket} from '../world/resources.js'
import {asApi} from '../world/resources.js'
import {placeOf} from './account-place.js'
import {pageOf} from './page.js'
import {bucketsOf, findBucket, missing, ownerOf} from './s3/buckets.js'
import {completeHandlers} from './s3/complete-upload.js'
import {copyHandlers} from './s3/copies.js'
import {listHandlers} from './s3/list-objects.js'
import {listUploadHandlers} from './s3/list-uploads.js'
import {ownBucketHandlers} from './s3/own-buckets.js'
import {isPublicPolicy} from './s3/public-policy.js'
import {readHandlers} from './s3/reads.js'
import {uploadHandlers} from './s3/uploads.js'
import {writeHandlers} from './s3/writes.js'

const bucketHandlers = handlersFor<typeof S3>()({
  ListBuckets({MaxBuckets = 10_000, ContinuationToken, Prefix, BucketRegion}, context) {
    const place = placeOf(context)
    const wanted = bucketsOf(context)
      .filter(({bucket}) => Prefix === undefined || bucket.name.startsWith(Prefix))
      .filter(({region}) => BucketRegion === undefined || region === BucketRegion)
    const scope = `${Prefix ?? ''}/${BucketRegion ?? ''}`
    const page = pageOf(wanted, {token: ContinuationToken, size: MaxBuckets, scope})
    if (!page) throw new WireError('InvalidArgument', 'The continuation token provided is incorrect')
    const buckets = page.items.map(({bucket, region}) => ({
      Name: bucket.name,
      CreationDate: place.date(bucket.createdOn),
      BucketRegion: region,
    }))
    return {Buckets: buckets, Owner: ownerOf(context), ContinuationToken: page.next, Prefix}
  },

  HeadBucket({Bucket: name}, context) {
    return {BucketRegion: findBucket(name, context).region, AccessPointAlias: false}
  },

  GetBucketLocation({Bucket: name}, context) {
    const {region} = findBucket(name, context, context.region === 'us-east-1')
    // The oldest Region has no name here.
    return {LocationConstraint: region === 'us-east-1' ? undefined : (region as BucketLocationConstraint)}
  },

  GetBucketPolicy({Bucket: name}, context) {
    const {policy} = findBucket(name, context).bucket
    if (!policy) throw missing('NoSuchBucketPolicy', 'The bucket policy does not exist', name)
    return {Policy: JSON.stringify(policy)}
  },

  GetBucketPolicyStatus({Bucket: name}, context) {
    const {policy} = findBucket(name, context).bucket
    if (!policy) throw missing('NoSuchBucketPolicy', 'The bucket policy does not exist', name)
    return {PolicyStatus: {IsPublic: isPublicPolicy(policy)}}
  },

  GetPublicAccessBlock({Bucket: name}, context) {
    const {publicAccessBlock = 'all'} = findBucket(name, context).bucket
    if (publicAccessBlock === 'none') {
      throw missing('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', name)
    }
    const all = {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true}
    return {PublicAccessBlockConfiguration: publicAccessBlock === 'all' ? all : asApi(publicAccessBlock)}
  },

  GetBucketEncryption({Bucket: name}, context) {
    const {encryption = {algorithm: 'AES256' as const}} = findBucket(name, context).bucket
    if (encryption === 'none') {
      const message = 'The server side encryption configuration was not found'
      throw missing('ServerSideEncryptionConfigurationNotFoundError', message, name)
    }
    const {algorithm, kmsKeyArn, bucketKey = false} = encryption
    const byDefault = {SSEAlgorithm: algorithm as ServerSideEncryption, KMSMasterKeyID: kmsKeyArn}
    return {
      ServerSideEncryptionConfiguration: {
        Rules: [{ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: bucketKey}],
      },
    }
  },

  GetBucketVersioning({Bucket: name}, context) {
    return {Status: findBucket(name, context).bucket.versioning}
  },

  GetBucketOwnershipControls({Bucket: name}, context) {
    const {ownership = 'BucketOwnerEnforced'} = findBucket(name, context).bucket
    if (ownership === 'none') {
      throw missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', name)
    }
    return {OwnershipControls: {Rules: [{ObjectOwnership: ownership}]}}
  },

  GetBucketAcl({Bucket: name}, context) {
    const {grants = []} = findBucket(name, context).bucket
    const owner = ownerOf(context)
    const shared = grants.map(({group, permission}) => ({
      Grantee: {Type: 'Group' as const, URI: `http://acs.amazonaws.com/groups/${group}`},
      Permission: permission as Permission,
    }))
    return {
      Owner: owner,
      Grants: [{Grantee: {Type: 'CanonicalUser' as const, ...owner}, Permission: 'FULL_CONTROL' as const}, ...shared],
    }
  },

  GetBucketLogging({Bucket: name}, context) {
    const {accessLog} = findBucket(name, context).bucket
    return accessLog ? {LoggingEnabled: {TargetBucket: accessLog.bucket, TargetPrefix: accessLog.prefix}} : {}
  },

  GetBucketLifecycleConfiguration({Bucket: name}, context) {
    const {lifecycle} = findBucket(name, context).bucket
    if (!lifecycle) throw missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', name)
    return {Rules: lifecycle.map(describeRule)}
  },

  GetBucketTagging({Bucket: name}, context) {
    const {tags} = findBucket(name, context).bucket
    if (!tags) throw missing('NoSuchTagSet', 'The TagSet does not exist', name)
    return {TagSet: Object.entries(tags).map(([Key, Value]) => ({Key, Value}))}
  },
})

export default {
  ...bucketHandlers,
  ...ownBucketHandlers,
  ...readHandlers,
  ...writeHandlers,
  ...copyHandlers,
  ...listHandlers,
  ...uploadHandlers,
  ...listUploadHandlers,
  ...completeHandlers,
}

function describeRule(rule: NonNullable<Bucket['lifecycle']>[number]): LifecycleRule {
  const {id, prefix = '', enabled = true, expireDays, noncurrentExpireDays} = rule
  return {
    ID: id,
    Filter: {Prefix: prefix},
    Status: enabled ? 'Enabled' : 'Disabled',
    ...(expireDays !== undefined && {Expiration: {Days: expireDays}}),
    ...(noncurrentExpireDays !== undefined && {NoncurrentVersionExpiration: {NoncurrentDays: noncurrentExpireDays}}),
  }
}
