import {createHash} from 'node:crypto'
import {type RequestContext, WireError} from '../../handler.js'
import {regionState} from '../../world/opt-in.js'
import type {Bucket} from '../../world/resources.js'

export interface PlacedBucket {
  readonly account: string
  readonly region: string
  readonly bucket: Bucket
}

/** The calling account's buckets in the Regions that it has enabled, by name. */
export function bucketsOf({world, account: id, now}: RequestContext): readonly PlacedBucket[] {
  const account = world.account(id)
  return [...account.resources.byRegion]
    .filter(([region]) => regionState(world.catalog, account, region, now()) === 'enabled')
    .flatMap(([region, {buckets = []}]) => buckets.map((bucket) => ({account: id, region, bucket})))
    .sort((a, b) => (a.bucket.name < b.bucket.name ? -1 : 1))
}

/** The account's canonical id: not a secret, and of the same form as a real one. */
export function ownerOf({account}: RequestContext): {readonly ID: string} {
  return {ID: createHash('sha256').update(`canonical user of ${account}`).digest('hex')}
}

/** The bucket, asked for in its own Region or, `anywhere`, in another; throws what S3 answers otherwise. */
export function findBucket(name: string, context: RequestContext, anywhere = false): PlacedBucket {
  const found = everyBucket(context, name)
  if (!found) throw missing('NoSuchBucket', 'The specified bucket does not exist', name, 404)
  if (found.account !== context.account) throw new WireError('AccessDenied', 'Access Denied', 403)
  if (found.region !== context.region && !anywhere) throw elsewhere(name, found.region, context)
  return found
}

/** Names are unique among all accounts. */
function everyBucket({world}: RequestContext, name: string): PlacedBucket | undefined {
  for (const {id, resources} of world.accounts.values()) {
    for (const [region, {buckets = []}] of resources.byRegion) {
      const bucket = buckets.find((one) => one.name === name)
      if (bucket) return {account: id, region, bucket}
    }
  }
  return undefined
}

/** A bucket's own host signs for the wrong Region; a path leads to the wrong endpoint. */
function elsewhere(name: string, region: string, {headers, region: asked}: RequestContext): WireError {
  const told = {'x-amz-bucket-region': region}
  if (headers['host']?.startsWith(`${name}.`)) {
    const message = `The authorization header is malformed; the region '${asked}' is wrong; expecting '${region}'`
    return new WireError('AuthorizationHeaderMalformed', message, 400, {Region: region}, told)
  }
  const message =
    'The bucket you are attempting to access must be addressed using the specified endpoint. ' +
    'Please send all future requests to this endpoint.'
  const endpoint = `${name}.s3.${region}.amazonaws.com`
  return new WireError('PermanentRedirect', message, 301, {Endpoint: endpoint, Bucket: name}, told)
}

export function missing(code: string, message: string, bucket: string, status = 404): WireError {
  return new WireError(code, message, status, {BucketName: bucket})
}
