import {createHash} from 'node:crypto'
import {type RequestContext, WireError} from '../../handler.js'
import type {PlacedBucket} from '../../world/objects/object-store.js'
import {regionState} from '../../world/opt-in.js'

/** The calling account's buckets in the Regions that it has enabled, by name. */
export function bucketsOf({world, account: id, now}: RequestContext): readonly PlacedBucket[] {
  const account = world.account(id)
  return world.objects
    .buckets()
    .filter((placed) => placed.account === id)
    .filter(({region}) => regionState(world.catalog, account, region, now()) === 'enabled')
    .sort((a, b) => (a.bucket.name < b.bucket.name ? -1 : 1))
}

/** The account's canonical id: not a secret, and of the same form as a real one. */
export function ownerOf({account}: RequestContext): {readonly ID: string} {
  return {ID: createHash('sha256').update(`canonical user of ${account}`).digest('hex')}
}

/** The bucket, asked for in its own Region or, `anywhere`, in another; throws what S3 answers otherwise. */
export function findBucket(name: string, context: RequestContext, anywhere = false): PlacedBucket {
  const found = context.world.objects.bucket(name)
  if (!found) throw missing('NoSuchBucket', 'The specified bucket does not exist', name, 404)
  const expected = context.headers['x-amz-expected-bucket-owner']
  const strange = expected !== undefined && expected !== found.account
  if (strange || found.account !== context.account) throw new WireError('AccessDenied', 'Access Denied', 403)
  if (found.region !== context.region && !anywhere) throw elsewhere(name, found.region, context)
  return found
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
