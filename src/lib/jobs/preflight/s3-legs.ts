import {formatArn} from '../../core/arn.js'
import {AWS_NETWORK} from '../../iam/caller-context.js'
import {type CallPlace, createLeg, type Leg} from '../../iam/legs/leg.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {S3Place} from '../ports.js'

/** Whose calls are asked about, and what is known of the bucket. */
export interface S3Question {
  readonly actor: 'caller' | 'service-role'
  readonly place: CallPlace
  /** Account that owns the bucket; undefined when not known. */
  readonly owner: string | undefined
  /** What is known of the way the role's calls take; none of it for a job in a VPC. */
  readonly network?: ContextValues | undefined
}

const SOURCE = {source: 'Bedrock User Guide, batch-iam-sr', asOf: '2026-10-01'}
/** Whether the role's calls count as made through a service is not documented. */
const UNSETTLED = {oneOf: ['true', 'false']}
/** What AWS takes, and both sides speak. */
const TLS = {oneOf: ['1.2', '1.3']}

/** The read of an object, and the listing of its bucket by a prefix. */
export function readLegs(object: S3Place, question: S3Question, prefix = object.key): readonly Leg[] {
  return [
    leg('read the input', 's3:GetObject', arnOf(`${object.bucket}/${object.key}`, question), question),
    leg('list the input', 's3:ListBucket', arnOf(object.bucket, question), {
      ...question,
      network: {...(question.network ?? AWS_NETWORK), 's3:prefix': prefix},
    }),
  ]
}

/** The write of an object; of its headers, as far as they are known. */
export function writeLegs(object: S3Place, question: S3Question, headers: ContextValues = {}): readonly Leg[] {
  return [leg('write objects', 's3:PutObject', arnOf(`${object.bucket}/${object.key}`, question), question, headers)]
}

/** What an upload of this program asks for: encryption where it names a key, and no access list. */
export function uploadHeaders(key: string | null): ContextValues {
  return {
    's3:x-amz-acl': null,
    's3:x-amz-server-side-encryption': key === null ? null : 'aws:kms',
    's3:x-amz-server-side-encryption-aws-kms-key-id': key,
  }
}

/** Uses of a key through S3. */
export function keyLegs(
  keyArn: string,
  actions: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[],
  question: S3Question,
): readonly Leg[] {
  const {place} = question
  const values = {'kms:ViaService': `s3.${place.region}.amazonaws.com`, 'kms:CallerAccount': place.account}
  return actions.map((action) =>
    leg('use the key of the bucket', action, keyArn, {...question, network: {...(question.network ?? {}), ...values}}),
  )
}

function leg(
  name: string,
  action: string,
  resource: string,
  {actor, network, owner, place}: S3Question,
  more: ContextValues = {},
): Leg {
  const service =
    actor === 'service-role' ? {...(network ?? AWS_NETWORK), 'aws:ViaAWSService': UNSETTLED} : (network ?? {})
  return createLeg(
    {
      name,
      actor,
      action,
      resource,
      context: {
        'aws:RequestedRegion': place.region,
        's3:TlsVersion': TLS,
        ...(owner !== undefined && {'aws:ResourceAccount': owner}),
        ...service,
        ...more,
      },
      endpoint: actor === 'caller' ? 'applies' : 'bypassed',
      why: 'the data of the job',
    },
    SOURCE,
  )
}

function arnOf(resource: string, {place}: S3Question): string {
  return formatArn({partition: place.partition, service: 's3', region: '', account: '', resource})
}
