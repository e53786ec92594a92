import {parseArn} from '../../../../core/arn.js'
import type {BatchRequest} from '../../../world/batch-state.js'
import type {IamState, Role} from '../../../world/iam-state.js'
import {defaultEncryption, type PlacedBucket} from '../../../world/objects/object-store.js'
import type {World} from '../../../world.js'
import {keyOf, roleMayUseKey} from '../key-rights.js'
import {judge, roleMay} from './policy.js'
import {bucketAt, folderOf, inputObjects, parseS3Uri, type S3Address} from './s3-address.js'

/** Who asks, as its job's place has it. */
export interface JobPlace {
  readonly world: World
  readonly account: string
  readonly region: string
}

/** The role of an ARN, if it is one of this account. */
export function findRole(arn: string, {world, account}: JobPlace): Role | undefined {
  if (parseArn(arn)?.account !== account) return undefined
  return world.account(account).iam.roles.find((role) => role.arn === arn)
}

/** What Bedrock says of the first right on S3 that a job's role lacks. A bucket that is elsewhere counts as closed. */
export function s3Problem(request: BatchRequest, place: JobPlace): string | undefined {
  const {world, account, region} = place
  const role = findRole(request.roleArn, place)
  if (!role) return `The role ${request.roleArn} cannot be assumed by Amazon Bedrock.`
  const {iam} = world.account(account)
  const input = parseS3Uri(request.inputUri)
  const source = bucketAt(input, region, request.inputOwner ?? account, world)
  const may = (action: string, bucket: PlacedBucket, key = '') => mayInBucket(role, iam, action, bucket, key, account)
  if (!source || !may('s3:ListBucket', source)) {
    return `Could not validate ListBucket permissions for S3URI ${request.inputUri}`
  }
  const files = inputObjects(input, world)
  if (files.length === 0) return `No JSONL files were found at ${request.inputUri}`
  const closed = files.find(
    ({object: {encryption, key}}) =>
      !(may('s3:GetObject', source, key) && mayUseKey(role, 'kms:Decrypt', encryption.kmsKeyArn, place)),
  )
  if (closed) {
    return `Could not validate GetObject permissions to access Amazon S3 bucket: ${input.bucket} at key ${closed.object.key}`
  }
  const output = parseS3Uri(request.outputUri)
  const target = bucketAt(output, region, request.outputOwner ?? account, world)
  const probe = probeKey(output)
  const key = request.outputKey ?? (target && defaultEncryption(target.bucket).kmsKeyArn)
  const mayWrite = target && may('s3:PutObject', target, probe) && mayUseKey(role, 'kms:GenerateDataKey', key, place)
  if (mayWrite === true && (request.outputKey === undefined || isKey(request.outputKey, place))) return undefined
  return (
    'Amazon S3 perms missing (PutObject): Could not validate PutObject permissions to access S3 bucket: ' +
    `${output.bucket} at key ${probe}`
  )
}

const probeKey = (output: S3Address): string => `${folderOf(output)}.write_access_check_file.tmp`

/** A profile's models are invoked in the role's name. */
export function mayInvoke(roleArn: string, resources: readonly string[], place: JobPlace): boolean {
  const role = findRole(roleArn, place)
  const {iam} = place.world.account(place.account)
  return resources.every((resource) => {
    // Under a Global profile a model has no Region, and policies see `unspecified`.
    const asked = parseArn(resource)?.region || 'unspecified'
    const context = {'aws:requestedregion': asked, 'aws:principalarn': roleArn}
    return role && roleMay(role, iam, {action: 'bedrock:InvokeModel', resource, context})
  })
}

/** Whether the role may use the key of an object, by any of its names. Keys of AWS are open to all that S3 lets in. */
export function mayUseKey(role: Role, action: string, name: string | undefined, place: JobPlace): boolean {
  if (name === undefined) return true
  const keyArn = keyArnOf(name, place)
  const key = keyOf(keyArn, place)
  const isOfAws = key?.manager === 'AWS' || key?.aliases?.some((alias) => alias.startsWith('alias/aws/'))
  return key === undefined || isOfAws === true || roleMayUseKey(role, action, keyArn, place)
}

const isKey = (name: string, place: JobPlace): boolean => keyOf(keyArnOf(name, place), place) !== undefined

/** A key goes by its id, an alias, or the ARN of either. */
function keyArnOf(name: string, {account, region, world}: JobPlace): string {
  const own = `arn:${world.account(account).partition}:kms:${region}:${account}:`
  const resource = name.startsWith('arn:') ? (parseArn(name)?.resource ?? '') : name
  if (name.startsWith('arn:') && !resource.startsWith('alias/')) return name
  const keys = world.account(account).resources.byRegion.get(region)?.keys
  const id = keys?.find(({aliases}) => aliases?.includes(resource))?.id ?? resource.replace(/^key\//, '')
  return `${own}key/${id}`
}

/** Whether the role may do this to an object, or to its bucket: both the role's policies and the bucket's count. */
export function mayInBucket(
  role: Role,
  iam: IamState,
  action: string,
  placed: PlacedBucket,
  key: string,
  account: string,
): boolean {
  const {bucket} = placed
  const partition = role.arn.split(':')[1] ?? 'aws'
  const resource = `arn:${partition}:s3:::${bucket.name}${key === '' ? '' : `/${key}`}`
  const context = {
    'aws:resourceaccount': placed.account,
    's3:resourceaccount': placed.account,
    'aws:principalarn': role.arn,
    'aws:requestedregion': placed.region,
  }
  const attempt = {action, resource, context}
  const byBucket = bucket.policy ? judge([bucket.policy], attempt, role.arn) : 'silent'
  if (byBucket === 'denied') return false
  return roleMay(role, iam, attempt) && (placed.account === account || byBucket === 'allowed')
}
