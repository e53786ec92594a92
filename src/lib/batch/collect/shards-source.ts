import {usageError} from '../../core/errors.js'
import type {BucketOwner, ObjectStore, S3Place, StoredObject} from '../../jobs/ports.js'
import {formatS3Uri} from '../../jobs/s3-uri.js'
import type {ByteRange, ByteSource} from '../../jsonl/byte-source.js'
import type {PlanFile} from '../plan/plan.schema.js'

/** Bytes [start, end) of the input, and where they are in the object of a shard. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly object: StoredObject
  readonly offset: number
}

const FILLER_BYTES = 64 * 1024
const SPACE = 0x20
const LINE_FEED = 0x0a

/**
 * The input of a plan, put together from the shards that were uploaded of it: each byte where it was. What no shard has
 * reads as one blank line.
 */
export async function openShards(
  plan: PlanFile,
  placeOf: (shard: number) => S3Place,
  store: Pick<ObjectStore, 'head' | 'read'>,
  owner: BucketOwner,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const pieces: Piece[] = []
  for (const {bytes, number, segments} of plan.shards) {
    const place = placeOf(number)
    const object = await store.head(place, owner, signal)
    if (object === undefined || object.bytes !== bytes) throw notWhole(plan, place)
    let offset = 0
    for (const [start, end] of segments) {
      pieces.push({start, end, object, offset})
      offset += end - start
    }
  }
  const ordered = pieces.toSorted((a, b) => a.start - b.start)
  return {
    name: `the shards of ${plan.group}`,
    bytes: plan.input.bytes,
    revision: plan.input.revision,
    read: (range, stop) => readPieces(joined(ordered), range, (object, part) => store.read(object, part, owner, stop)),
  }
}

/** Pieces that follow each other in the input and in an object as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    const follows =
      last !== undefined &&
      last.object === piece.object &&
      last.end === piece.start &&
      last.offset + last.end - last.start === piece.offset
    if (follows) whole[whole.length - 1] = {...last, end: piece.end}
    else whole.push(piece)
  }
  return whole
}

async function* readPieces(
  pieces: readonly Piece[],
  {end, start}: ByteRange,
  read: (object: StoredObject, part: ByteRange) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let position = start
  for (const piece of pieces) {
    if (piece.end <= position) continue
    if (piece.start >= end) break
    if (piece.start > position) yield* blank(piece.start - position)
    position = Math.max(position, piece.start)
    const stop = Math.min(piece.end, end)
    const shift = piece.offset - piece.start
    yield* read(piece.object, {start: position + shift, end: stop + shift})
    position = stop
  }
  if (position < end) yield* blank(end - position)
}

/** So many bytes that are one line. */
function* blank(bytes: number): Generator<Uint8Array> {
  for (let left = bytes; left > 0; left -= FILLER_BYTES) {
    const filler = Buffer.alloc(Math.min(left, FILLER_BYTES), SPACE)
    if (left <= FILLER_BYTES) filler[filler.length - 1] = LINE_FEED
    yield filler
  }
}

function notWhole({group, input}: PlanFile, place: S3Place) {
  return usageError('INPUT_MISSING', `The records of ${group} are not to be had any more.`, {
    why: `${input.name} is gone or was changed since the plan, and so is ${formatS3Uri(place)}.`,
    hint: 'Put the input back as it was when the plan was made: answers are joined to it.',
  })
}
