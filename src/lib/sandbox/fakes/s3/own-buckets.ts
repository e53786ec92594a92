import type * as S3 from '@aws-sdk/client-s3'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import {findBucket, missing} from './buckets.js'

/** Buckets made and removed. */
export const ownBucketHandlers = handlersFor<typeof S3>()({
  CreateBucket({Bucket, CreateBucketConfiguration}, context) {
    const {objects} = context.world
    checkName(Bucket)
    checkConstraint(CreateBucketConfiguration?.LocationConstraint, context)
    const there = objects.bucket(Bucket)
    if (there) refuseTaken(Bucket, there, context)
    else {
      const createdOn = new Date(context.now()).toISOString()
      objects.addBucket({account: context.account, region: context.region, bucket: {name: Bucket, createdOn}})
    }
    return {Location: context.region === 'us-east-1' ? `/${Bucket}` : `http://${Bucket}.s3.amazonaws.com/`}
  },

  DeleteBucket({Bucket}, context) {
    const {objects} = context.world
    findBucket(Bucket, context)
    if (!objects.list(Bucket).next().done) {
      throw missing('BucketNotEmpty', 'The bucket you tried to delete is not empty', Bucket, 409)
    }
    objects.removeBucket(Bucket)
    return {}
  },
})

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/

function checkName(name: string): void {
  const isAddress = /^\d{1,3}(\.\d{1,3}){3}$/.test(name)
  if (NAME.test(name) && !name.includes('..') && !isAddress && !RESERVED.test(name)) return
  throw missing('InvalidBucketName', 'The specified bucket is not valid.', name, 400)
}

/** The oldest Region is named by naming none; every other one by its name. */
function checkConstraint(constraint: string | undefined, {region}: RequestContext): void {
  const wanted = constraint === 'EU' ? 'eu-west-1' : constraint
  if (wanted === undefined && region === 'us-east-1') return
  if (wanted === 'us-east-1') {
    throw new WireError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: wanted,
    })
  }
  if (wanted === region) return
  const message = `The ${wanted ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`
  throw new WireError('IllegalLocationConstraintException', message)
}

/** Making one's own bucket again is an error, but in the oldest Region. */
function refuseTaken(
  name: string,
  {account, region}: {readonly account: string; readonly region: string},
  context: RequestContext,
): void {
  if (account !== context.account) {
    const message =
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
      'Please select a different name and try again.'
    throw missing('BucketAlreadyExists', message, name, 409)
  }
  if (region === 'us-east-1' && context.region === 'us-east-1') return
  const message = 'Your previous request to create the named bucket succeeded and you already own it.'
  throw missing('BucketAlreadyOwnedByYou', message, name, 409)
}
