import type {Readable} from 'node:stream'
import {setTimeout as pause} from 'node:timers/promises'
import {GetObjectCommand, type GetObjectCommandInput, type GetObjectCommandOutput} from '@aws-sdk/client-s3'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {BucketOwner, S3Place} from '../../jobs/ports.js'
import type {S3Door} from './s3-door.js'
import {unquoted} from './unquoted.js'

interface Reading {
  readonly place: S3Place & {readonly etag?: string | undefined}
  readonly range: {readonly start: number; readonly end: number} | undefined
  readonly owner: BucketOwner
  readonly signal: AbortSignal | undefined
}

const BREAKS_IN_A_ROW = 6
const FIRST_PAUSE_MS = 100
const SILENCE_MS = 60_000

/** The bytes of an object; a connection that breaks or falls silent is taken up where it ended, on the same version. */
export async function* readObject(door: S3Door, {place, range, owner, signal}: Reading): AsyncGenerator<Uint8Array> {
  let {etag} = place
  let position = range?.start ?? 0
  let end = range?.end
  for (let breaks = 0; end === undefined || position < end; ) {
    const answer = await get(door, {place, range: rangeOf(position, end), etag}, owner, signal)
    etag ??= unquoted(answer.ETag)
    end ??= position + (answer.ContentLength ?? 0)
    const began = position
    const broke: {cause?: unknown} = {}
    for await (const chunk of chunksOf(answer.Body as Readable, signal, broke)) {
      position += chunk.length
      yield chunk
    }
    if (position >= end) return
    signal?.throwIfAborted()
    breaks = position > began ? 1 : breaks + 1
    if (breaks > BREAKS_IN_A_ROW) throw broken(place, owner, broke.cause)
    await pause(FIRST_PAUSE_MS * 2 ** breaks * Math.random(), undefined, signal ? {signal} : {})
  }
}

/** What comes until the connection ends, one way or the other; `broke` is told why. */
async function* chunksOf(
  body: Readable,
  signal: AbortSignal | undefined,
  broke: {cause?: unknown},
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  // The call is over once its answer begins, and with it the call's own signal.
  const stop = (): unknown => body.destroy()
  signal?.addEventListener('abort', stop)
  try {
    for (let chunk = await next(body, iterator); chunk !== undefined; chunk = await next(body, iterator)) yield chunk
  } catch (cause) {
    broke.cause = cause
  } finally {
    signal?.removeEventListener('abort', stop)
    body.destroy()
  }
}

function rangeOf(start: number, end: number | undefined): string | undefined {
  if (end !== undefined) return `bytes=${start}-${end - 1}`
  return start === 0 ? undefined : `bytes=${start}-`
}

interface Wanted {
  readonly place: S3Place
  readonly range: string | undefined
  readonly etag: string | undefined
}

async function get(
  door: S3Door,
  {place, range, etag}: Wanted,
  owner: BucketOwner,
  signal: AbortSignal | undefined,
): Promise<GetObjectCommandOutput> {
  const input: GetObjectCommandInput = {
    Bucket: place.bucket,
    Key: place.key,
    ...(owner.account !== undefined && {ExpectedBucketOwner: owner.account}),
    ...(range !== undefined && {Range: range}),
    ...(etag !== undefined && {IfMatch: `"${etag}"`}),
  }
  try {
    return await door.ask('s3:GetObject', place.bucket, owner, signal, (client, options) =>
      client.send(new GetObjectCommand(input), options),
    )
  } catch (cause) {
    if (!(cause instanceof BedrockctlError) || cause.code !== 'NOT_FOUND') throw cause
    throw usageError('OBJECT_MISSING', `There is no object s3://${place.bucket}/${place.key}.`, {
      hint: 'Check its key, and that it was not removed.',
      cause,
    })
  }
}

/** The next chunk. Silence counts only while somebody waits: a reader may take its time. */
async function next(body: Readable, iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const timer = setTimeout(() => body.destroy(new Error(`nothing came for ${SILENCE_MS / 1000} s`)), SILENCE_MS)
  try {
    const {done, value} = await iterator.next()
    return done === true ? undefined : value
  } finally {
    clearTimeout(timer)
  }
}

function broken({bucket, key}: S3Place, {region}: BucketOwner, cause: unknown): BedrockctlError {
  return new BedrockctlError('UNREACHABLE', `Reading s3://${bucket}/${key} in ${region} broke off again and again.`, {
    fault: 'service',
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Check the network, then run the command again.',
    action: 's3:GetObject',
    cause,
  })
}
