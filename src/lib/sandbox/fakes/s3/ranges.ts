import {WireError} from '../../handler.js'
import type {StoredObject} from '../../world/objects/stored-object.js'
import {invalidRequest} from './refusals.js'

/** From `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * The bytes a Range header means; `undefined` for the whole: S3 passes over what is no range, and over several ranges.
 * Throws InvalidRange where none of the bytes are there.
 */
export function parseRange(header: string | undefined, bytes: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const start = Math.max(0, bytes - Number(last))
    if (start >= bytes) throw notSatisfiable(header, bytes)
    return {start, end: bytes}
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= bytes) throw notSatisfiable(header, bytes)
  return {start, end: last === '' ? bytes : Math.min(bytes, Number(last) + 1)}
}

function notSatisfiable(header: string | undefined, bytes: number): WireError {
  const extra = {RangeRequested: header, ActualObjectSize: bytes}
  const headers = {'content-range': `bytes */${bytes}`}
  return new WireError('InvalidRange', 'The requested range is not satisfiable', 416, extra, headers)
}

export interface Selection {
  readonly range: ByteRange | undefined
  /** The part asked for, of an object that was uploaded in parts. */
  readonly part: NonNullable<StoredObject['parts']>[number] | undefined
}

/** The bytes that a read asks for, by range or by part. */
export function select(
  object: StoredObject,
  {Range, PartNumber}: {readonly Range?: string | undefined; readonly PartNumber?: number | undefined},
): Selection {
  if (PartNumber === undefined) return {range: parseRange(Range, object.bytes), part: undefined}
  if (Range !== undefined) throw invalidRequest('Cannot specify both Range header and partNumber query parameter.')
  const {parts, bytes} = object
  const count = parts?.length ?? 1
  if (PartNumber < 1 || PartNumber > count) throw noSuchPart(PartNumber, count)
  if (!parts) return {range: bytes > 0 ? {start: 0, end: bytes} : undefined, part: undefined}
  // By place, not by the number it was uploaded with.
  const start = parts.slice(0, PartNumber - 1).reduce((sum, part) => sum + part.bytes, 0)
  const part = parts[PartNumber - 1]
  return {range: {start, end: start + (part?.bytes ?? 0)}, part}
}

function noSuchPart(asked: number, count: number): WireError {
  return new WireError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
    ActualPartCount: count,
    PartNumberRequested: asked,
  })
}
