import {type RequestContext, WireError} from '../../handler.js'
import {defaultEncryption, type PlacedBucket} from '../../world/objects/object-store.js'
import type {ObjectEncryption} from '../../world/objects/stored-object.js'
import {placeOf} from '../account-place.js'
import {demand, invalidArgument, notImplementedHeader} from './refusals.js'

export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
  readonly BucketKeyEnabled?: boolean | undefined
  readonly SSECustomerAlgorithm?: string | undefined
}

/** What an object is encrypted with: as its writer says, else as its bucket does. */
export function chooseEncryption(
  input: EncryptionInput,
  {bucket}: PlacedBucket,
  context: RequestContext,
): ObjectEncryption {
  if (input.SSECustomerAlgorithm !== undefined) {
    throw notImplementedHeader('x-amz-server-side-encryption-customer-algorithm')
  }
  const chosen = chosenBy(input, defaultEncryption(bucket), context)
  if (chosen.algorithm !== 'AES256') demand('kms:GenerateDataKey', context)
  return chosen
}

function chosenBy(input: EncryptionInput, usual: ObjectEncryption, context: RequestContext): ObjectEncryption {
  const {ServerSideEncryption: algorithm, SSEKMSKeyId: key, BucketKeyEnabled: bucketKey = usual.bucketKey} = input
  if (algorithm === undefined) {
    if (key !== undefined) throw keyWithoutKms(key)
    return usual.algorithm === 'AES256' ? usual : {...usual, bucketKey, kmsKeyArn: usual.kmsKeyArn ?? s3Key(context)}
  }
  if (algorithm === 'AES256') {
    if (key !== undefined) throw keyWithoutKms(key)
    return {algorithm, kmsKeyArn: undefined, bucketKey: false}
  }
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
    const message = 'The encryption method specified is not supported'
    throw invalidArgument(message, 'x-amz-server-side-encryption', algorithm)
  }
  const own = usual.algorithm === algorithm ? usual.kmsKeyArn : undefined
  const kmsKeyArn = key === undefined ? (own ?? s3Key(context)) : keyArn(key, context)
  return {algorithm, kmsKeyArn, bucketKey: input.BucketKeyEnabled ?? false}
}

function keyWithoutKms(key: string): WireError {
  const message =
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms'
  return invalidArgument(message, 'x-amz-server-side-encryption-aws-kms-key-id', key)
}

/** AWS makes the key `aws/s3` of an account when it is first needed; this one has a fixed id. */
const S3_KEY_ID = '00000000-0000-4000-a000-000000000053'

function s3Key(context: RequestContext): string {
  const {resources, arn} = placeOf(context)
  const named = resources.keys?.find(({aliases}) => aliases?.includes('alias/aws/s3'))
  return arn('kms', `key/${named?.id ?? S3_KEY_ID}`)
}

/** A key of the calling account must be there; another account's is taken at its word. */
function keyArn(key: string, context: RequestContext): string {
  const {resources, arn} = placeOf(context)
  const prefix = arn('kms', '')
  if (key.startsWith('arn:') && !key.startsWith(prefix)) return key
  const name = key.startsWith(prefix) ? key.slice(prefix.length) : key
  const id = name.replace(/^key\//, '')
  const found = resources.keys?.find((one) => one.id === id || one.aliases?.includes(name))
  if (found && (found.state ?? 'Enabled') !== 'Enabled') {
    throw new WireError('KMS.DisabledException', `${arn('kms', `key/${found.id}`)} is disabled.`)
  }
  if (found) return arn('kms', `key/${found.id}`)
  throw new WireError(
    'KMS.NotFoundException',
    `Key '${arn('kms', name.includes('/') ? name : `key/${name}`)}' does not exist`,
  )
}

/** Headers of an answer that tell how its object is encrypted. */
export const describeEncryption = ({algorithm, kmsKeyArn, bucketKey}: ObjectEncryption) => ({
  ServerSideEncryption: algorithm,
  SSEKMSKeyId: kmsKeyArn,
  BucketKeyEnabled: bucketKey ? true : undefined,
})
