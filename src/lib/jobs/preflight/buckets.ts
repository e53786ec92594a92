import {read, readPart} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import {fail, notApplicable, ok, unknown} from './check.js'
import type {PreflightCheck} from './preflight.schema.js'

type Bucket = ReadItem<'s3:buckets'>

/** A bucket that a job uses. */
export interface BucketUse {
  readonly bucket: string
  /** `input`, `results`; part of the ids of the checks. */
  readonly purpose: string
  /** Account that should own it. */
  readonly owner: string
  /** Region of the job. */
  readonly region: string
}

/** What a snapshot says of a bucket; a sentence why not. */
export function findBucket(snapshot: AccountSnapshot, name: string): Bucket | string {
  const buckets = read(snapshot, 's3:buckets')
  if (buckets.state === 'unread') return buckets.reason
  return buckets.value.find((one) => one.name === name) ?? `The snapshot does not hold the bucket ${name}.`
}

/** The bucket is there, in the Region of the job, and belongs to whom it should. */
export function judgeBucket(use: BucketUse, snapshot: AccountSnapshot): readonly PreflightCheck[] {
  const found = findBucket(snapshot, use.bucket)
  if (typeof found === 'string') return [unknown(`${use.purpose}-region`, `${use.bucket} could not be read: ${found}`)]
  return [judgeRegion(found, use), judgeOwner(found, use, snapshot.caller.account)]
}

function judgeRegion({name, region: part}: Bucket, {purpose, region}: BucketUse): PreflightCheck {
  const id = `${purpose}-region`
  const read = readPart(part)
  if (read.state === 'unread') return unknown(id, `Where ${name} is could not be read: ${read.reason}`)
  if (read.value === null) return fail(id, `There is no bucket ${name}.`, `aws s3 mb s3://${name} --region ${region}`)
  if (read.value === region) return ok(id, `${name} is in ${region}.`)
  const other = `${name}-${region}`.slice(0, 63)
  return fail(id, `${name} is in ${read.value}, the job in ${region}.`, `aws s3 mb s3://${other} --region ${region}`)
}

/** S3 shows the policy of a bucket to its owner alone. */
function judgeOwner({name, policy, region}: Bucket, {owner, purpose}: BucketUse, account: string): PreflightCheck {
  const id = `${purpose}-owner`
  if (region.status === 'read' && region.value === null)
    return notApplicable(id, `Not judged: there is no bucket ${name}.`)
  const read = readPart(policy)
  if (read.state === 'unread') {
    return unknown(id, `Who owns ${name} could not be told, for its policy was not read: ${read.reason}`)
  }
  if (owner === account) return ok(id, `${name} belongs to this account.`)
  return fail(id, `${name} belongs to this account, not to ${owner}.`, null)
}

/** The key that a bucket encrypts with by default: null where it is one of AWS, which everybody may use; a sentence why not. */
export function keyOfBucket(bucket: Bucket): {readonly key: string | null} | string {
  const encryption = readPart(bucket.encryption)
  if (encryption.state === 'unread') return encryption.reason
  const kmsKey = encryption.value?.algorithm.startsWith('aws:kms') ? (encryption.value.kmsKey ?? null) : null
  return {key: kmsKey !== null && /alias\/aws\//.test(kmsKey) ? null : kmsKey}
}

/** A key as S3 in a Region would find it. */
type FoundKey =
  | {readonly state: 'usable'; readonly arn: string}
  | {readonly state: 'unusable' | 'unread'; readonly why: string}

/** What a snapshot says of a key, by whatever name a bucket has for it. S3 takes symmetric keys of its own Region only. */
export function findKey(snapshot: AccountSnapshot, region: string, name: string): FoundKey {
  const home = parseArn(name)?.region ?? region
  if (home !== region) return {state: 'unusable', why: `The key ${name} is in ${home}, the job in ${region}.`}
  const keys = read(snapshot, 'kms:keys', region)
  if (keys.state === 'unread') return {state: 'unread', why: keys.reason}
  const found = keys.value.find(({id}) => id === name)
  if (found === undefined) return {state: 'unread', why: `The snapshot does not hold the key ${name}.`}
  const detail = readPart(found.detail)
  if (detail.state === 'unread') {
    return /^arn:/.test(name) ? {state: 'usable', arn: name} : {state: 'unread', why: detail.reason}
  }
  if (detail.value === null) return {state: 'unusable', why: `There is no key ${name} in ${region}.`}
  const {arn, enabled, spec, state} = detail.value
  if (!enabled) return {state: 'unusable', why: `The key ${arn} cannot be used: it is ${state}.`}
  if (spec !== null && spec !== 'SYMMETRIC_DEFAULT') {
    return {state: 'unusable', why: `The key ${arn} is ${spec}; S3 takes symmetric keys only.`}
  }
  return {state: 'usable', arn}
}
