import {formatS3Uri} from '../s3-uri.js'
import {findBucket, findKey, keyOfBucket} from './buckets.js'
import {fail, notApplicable, unknown} from './check.js'
import {decideAccess} from './decide-access.js'
import type {JobAccountFacts, JobAccountQuestion, JobData} from './job-account.js'
import type {PreflightCheck} from './preflight.schema.js'
import {keyLegs, readLegs, type S3Question, uploadHeaders, writeLegs} from './s3-legs.js'

type Access = 'kms:Decrypt' | 'kms:GenerateDataKey'
type Actor = S3Question['actor']

/** Whether the caller may upload, and the role read and write, with the policies and keys of the buckets. */
export function judgeJobData(question: JobAccountQuestion, facts: JobAccountFacts): readonly PreflightCheck[] {
  const {data, mend} = question
  const fix = mend(null)
  const asking = (actor: Actor) => (one: JobData) => askingOf(actor, one, question)
  const ask = (
    id: string,
    what: string,
    some: readonly JobData[],
    legs: (one: JobData) => ReturnType<typeof readLegs>,
  ) =>
    some.length === 0
      ? []
      : [decideAccess({id, fine: `${what} ${placesOf(some)}.`, legs: some.flatMap(legs), fix}, facts)]
  const uploads = data.filter(({upload}) => upload)
  const role = asking('service-role')
  return [
    ...ask('upload', `${facts.callerName} may upload to`, uploads, (one) =>
      writeLegs(one.example, asking('caller')(one), uploadHeaders(one.key)),
    ),
    ...(facts.role === undefined
      ? []
      : [
          ...ask(
            'role-read',
            'The role may read',
            data.filter((one) => one.role === 'reads'),
            (one) => readLegs(one.example, role(one), one.listed),
          ),
          ...ask(
            'role-write',
            'The role may write to',
            data.filter((one) => one.role === 'writes'),
            (one) => writeLegs(one.example, role(one)),
          ),
        ]),
    ...judgeKeys(question, facts),
  ]
}

function placesOf(data: readonly JobData[]): string {
  return [...new Set(data.map(({at}) => formatS3Uri(at)))].join(' and ')
}

/** The role's calls take ways that AWS knows, unless the job runs in a VPC. */
function askingOf(actor: Actor, {owner}: JobData, {place, vpc}: JobAccountQuestion): S3Question {
  return {actor, place, owner, ...(vpc !== null && actor === 'service-role' && {network: {}})}
}

interface KeyUse {
  readonly key: string
  readonly of: JobData
  readonly actor: Actor
  readonly actions: readonly Access[]
}

/** Keys of the account that encrypt buckets or results: multipart uploads also decrypt. */
function judgeKeys(question: JobAccountQuestion, facts: JobAccountFacts): readonly PreflightCheck[] {
  const {data, mend, place} = question
  const keys = data.map((of) => ({of, found: of.key === null ? keyAt(of.at.bucket, facts) : {key: of.key}}))
  const unread = keys.flatMap(({found}) => (typeof found === 'string' ? [found] : []))
  if (unread.length > 0) return [unknown('keys', `How the buckets are encrypted could not be read: ${unread[0] ?? ''}`)]
  const uses = keys
    .flatMap(({found, of}) => (typeof found === 'string' || found.key === null ? [] : usesOf(found.key, of)))
    .filter(({actor}) => actor === 'caller' || facts.role !== undefined)
  if (uses.length === 0) return [notApplicable('keys', 'The buckets are encrypted with keys of AWS.')]
  const found = uses.map((use) => ({use, key: findKey(facts.snapshot, place.region, use.key)}))
  for (const {key, use} of found) if (key.state === 'unusable') return [fail('keys', key.why, fixOf(use.of, question))]
  const missing = found.find(({key}) => key.state === 'unread')?.key
  if (missing?.state === 'unread') return [unknown('keys', `A key of the buckets could not be read: ${missing.why}`)]
  const usable = found.flatMap(({key, use}) => (key.state === 'usable' ? [{...use, arn: key.arn}] : []))
  const legs = usable.flatMap(({actions, actor, arn, of}) => keyLegs(arn, actions, askingOf(actor, of, question)))
  const fix = mend(data.find(({key}) => key !== null)?.key ?? usable[0]?.arn ?? null)
  return [decideAccess({id: 'keys', fine: 'Caller and role may use the keys of the buckets.', legs, fix}, facts)]
}

function fixOf({key, role}: JobData, {place}: JobAccountQuestion): string {
  if (key === null) return `encrypt the bucket with an enabled key of ${place.region}`
  return role === 'writes'
    ? `use --kms-key with the ARN of an enabled key of ${place.region}`
    : `encrypt the objects with an enabled key of ${place.region}`
}

function keyAt(bucket: string, {snapshot}: JobAccountFacts): {readonly key: string | null} | string {
  const found = findBucket(snapshot, bucket)
  return typeof found === 'string' ? found : keyOfBucket(found)
}

function usesOf(key: string, of: JobData): readonly KeyUse[] {
  return [
    ...(of.upload ? [{key, of, actor: 'caller', actions: ['kms:GenerateDataKey', 'kms:Decrypt']} as const] : []),
    of.role === 'reads'
      ? {key, of, actor: 'service-role', actions: ['kms:Decrypt']}
      : {key, of, actor: 'service-role', actions: ['kms:GenerateDataKey', 'kms:Decrypt']},
  ]
}
