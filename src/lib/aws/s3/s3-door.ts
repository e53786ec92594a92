import {S3Client} from '@aws-sdk/client-s3'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {BucketOwner} from '../../jobs/ports.js'
import {headersOf, type SdkError} from '../sdk-error.js'
import type {ClientConfig, Wire} from '../wire.js'

type Send<Answer> = (client: S3Client, options: {readonly abortSignal: AbortSignal}) => Promise<Answer>

/** Calls about one bucket each; what S3 says of it in its own ways comes out in ours. */
export interface S3Door {
  ask<Answer>(
    action: string,
    bucket: string,
    owner: BucketOwner,
    signal: AbortSignal | undefined,
    send: Send<Answer>,
  ): Promise<Answer>
  /** Region that S3 names with the answer, refusals included; undefined where it names none. */
  askRegion<Answer>(
    bucket: string,
    owner: BucketOwner,
    signal: AbortSignal | undefined,
    send: Send<Answer>,
    regionIn: (answer: Answer) => string | undefined,
  ): Promise<string | undefined>
}

const SERVICE = 's3-objects'
const REGION_HEADER = 'x-amz-bucket-region'

export function openS3Door(wire: Wire): S3Door {
  const clientIn = (region: string) => wire.client(SERVICE, region, buildClient)
  return {
    async ask(action, bucket, owner, signal, send) {
      const client = clientIn(owner.region)
      try {
        return await wire.call(SERVICE, {action, region: owner.region}, signal, async (abortSignal) => {
          try {
            return await send(client, {abortSignal})
          } catch (error) {
            throw ofBucket(error as SdkError, bucket, owner.region) ?? error
          }
        })
      } catch (error) {
        throw error instanceof BedrockctlError && error.code === 'ACCESS_DENIED' ? denied(error, bucket, owner) : error
      }
    },
    askRegion(bucket, owner, signal, send, regionIn) {
      const client = clientIn(owner.region)
      const context = {action: 's3:ListBucket', region: owner.region}
      return wire.call(SERVICE, context, signal, async (abortSignal) => {
        try {
          return regionIn(await send(client, {abortSignal}))
        } catch (error) {
          const told: string | undefined = headersOf(error as SdkError)[REGION_HEADER]
          // The answer to a HEAD has no body, and so no name of what is wrong.
          if ((error as SdkError).$metadata?.httpStatusCode === 404) throw missing(bucket)
          if (told === undefined) throw error
          return told
        }
      })
    },
  }
}

function buildClient(config: ClientConfig): S3Client {
  return new S3Client({
    ...config,
    forcePathStyle: isElsewhere(config),
    // Bytes are verified on the way up by S3; on the way down a connection that breaks is taken up in the middle, where
    // no checksum of the whole applies.
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

/** An endpoint that is not of AWS has no host for each bucket. */
function isElsewhere({endpoint}: ClientConfig): boolean {
  const url = endpoint ?? process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']
  if (url === undefined || !URL.canParse(url)) return false
  return !/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(url).hostname)
}

/** What only S3 says; undefined for what any service may. */
function ofBucket(error: SdkError, bucket: string, region: string): BedrockctlError | undefined {
  const status = error.$metadata?.httpStatusCode
  const home: string | undefined = headersOf(error)[REGION_HEADER]
  if (status === 301 || (home !== undefined && home !== region && (status === 307 || status === 400))) {
    const where: string = home ?? 'another Region'
    return usageError('BUCKET_ELSEWHERE', `The bucket ${bucket} is in ${where}, not in ${region}.`, {
      hint: 'Use a bucket of the Region in which the jobs run.',
    })
  }
  if (error.name === 'NoSuchBucket') return missing(bucket)
  if (status === 412) {
    return usageError('OBJECT_CHANGED', `An object of ${bucket} was changed while it was read.`, {
      hint: 'Run the command again; if a plan was made from it, make a new plan.',
    })
  }
  return undefined
}

function missing(bucket: string): BedrockctlError {
  return usageError('BUCKET_MISSING', `There is no bucket ${bucket}.`, {
    hint: 'Check its name; buckets are listed by: aws s3 ls',
  })
}

function denied(error: BedrockctlError, bucket: string, {account}: BucketOwner): BedrockctlError {
  const owned = account === undefined ? '' : ` It must belong to account ${account}.`
  return new BedrockctlError(error.code, error.message, {
    fault: error.fault,
    why: `${error.why ?? ''} The bucket is ${bucket}.${owned}`.trim(),
    hint: error.hint,
    actions: error.actions,
    requestId: error.requestId,
    action: error.action,
    cause: error.cause,
  })
}
