import {findBucket, findKey, keyOfBucket} from '../../jobs/preflight/buckets.js'
import {fail, notApplicable, unknown} from '../../jobs/preflight/check.js'
import {decideAccess} from '../../jobs/preflight/decide-access.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {keyLegs, readLegs, type S3Question, writeLegs} from '../../jobs/preflight/s3-legs.js'
import {formatS3Uri} from '../../jobs/s3-uri.js'
import {generateCommand} from './generate-command.js'
import type {PreflightFacts, PreflightQuestion} from './preflight-question.js'

type Access = 'kms:Decrypt' | 'kms:GenerateDataKey'

/** Whether the caller may upload, and the role read and write, with the policies and keys of the buckets. */
export function judgeData(question: PreflightQuestion, facts: PreflightFacts): readonly PreflightCheck[] {
  const {example, results, staging} = question
  const fix = generateCommand(question, facts)
  const [caller, role] = (['caller', 'service-role'] as const).map((actor) => asking(actor, question))
  const uploads = `${facts.callerName} may upload to ${formatS3Uri(staging)}.`
  const ask = (id: string, fine: string, legs: ReturnType<typeof readLegs>) =>
    decideAccess({id, fine, legs, fix}, facts)
  return [
    ask('upload', uploads, writeLegs(example.input, caller ?? asking('caller', question))),
    ...(facts.role === undefined
      ? []
      : [
          ask(
            'role-read',
            `The role may read ${formatS3Uri(staging)}.`,
            readLegs(example.input, role ?? asking('service-role', question)),
          ),
          ask(
            'role-write',
            `The role may write to ${formatS3Uri(results)}.`,
            writeLegs(example.output, role ?? asking('service-role', question)),
          ),
        ]),
    ...judgeKeys(question, facts),
  ]
}

/** The role's calls take ways that AWS knows, unless the job runs in a VPC. */
function asking(actor: S3Question['actor'], {bucketOwner, place, vpc}: PreflightQuestion): S3Question {
  return {actor, place, owner: bucketOwner, ...(vpc !== null && actor === 'service-role' && {network: {}})}
}

interface KeyUse {
  readonly key: string
  readonly actor: S3Question['actor']
  readonly actions: readonly Access[]
}

/** Keys of the account that encrypt buckets or results: multipart uploads also decrypt. */
function judgeKeys(question: PreflightQuestion, facts: PreflightFacts): readonly PreflightCheck[] {
  const {kmsKey, place, results, staging} = question
  const keys = {
    staging: keyAt(staging.bucket, facts),
    results: kmsKey === null ? keyAt(results.bucket, facts) : {key: kmsKey},
  }
  const unread = [keys.staging, keys.results].filter((found) => typeof found === 'string')
  if (unread.length > 0) return [unknown('keys', `How the buckets are encrypted could not be read: ${unread[0] ?? ''}`)]
  const uses = [
    ...usesOf(keys.staging, 'caller', ['kms:GenerateDataKey', 'kms:Decrypt']),
    ...usesOf(keys.staging, 'service-role', ['kms:Decrypt']),
    ...usesOf(keys.results, 'service-role', ['kms:GenerateDataKey', 'kms:Decrypt']),
  ].filter(({actor}) => actor === 'caller' || facts.role !== undefined)
  if (uses.length === 0) return [notApplicable('keys', 'The buckets are encrypted with keys of AWS.')]
  const found = uses.map((use) => ({use, key: findKey(facts.snapshot, place.region, use.key)}))
  const unusable = found.find(({key}) => key.state === 'unusable')?.key
  if (unusable?.state === 'unusable') return [fail('keys', unusable.why, keyFix(question))]
  const missing = found.find(({key}) => key.state === 'unread')?.key
  if (missing?.state === 'unread') return [unknown('keys', `A key of the buckets could not be read: ${missing.why}`)]
  const usable = found.flatMap(({key, use}) => (key.state === 'usable' ? [{...use, arn: key.arn}] : []))
  const legs = usable.flatMap(({actions, actor, arn}) => keyLegs(arn, actions, asking(actor, question)))
  const fix = generateCommand({...question, kmsKey: kmsKey ?? usable[0]?.arn ?? null}, facts)
  return [decideAccess({id: 'keys', fine: 'Caller and role may use the keys of the buckets.', legs, fix}, facts)]
}

function keyFix({kmsKey, place}: PreflightQuestion): string {
  return kmsKey === null
    ? `encrypt the bucket with an enabled key of ${place.region}`
    : `use --kms-key with the ARN of an enabled key of ${place.region}`
}

function keyAt(bucket: string, {snapshot}: PreflightFacts): {readonly key: string | null} | string {
  const found = findBucket(snapshot, bucket)
  return typeof found === 'string' ? found : keyOfBucket(found)
}

function usesOf(
  found: {readonly key: string | null} | string,
  actor: S3Question['actor'],
  actions: readonly Access[],
): readonly KeyUse[] {
  return typeof found === 'string' || found.key === null ? [] : [{key: found.key, actor, actions}]
}
