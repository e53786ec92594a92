import {WireError} from '../../handler.js'
import type {StoredObject} from '../../world/objects/stored-object.js'
import {notImplementedHeader, preconditionFailed} from './refusals.js'

export interface ReadConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

/** An entity tag comes with quotes or without. */
export const bareTag = (tag: string): string => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1')

const names = (wanted: string, {etag}: StoredObject): boolean =>
  wanted.split(',').some((tag) => tag.trim() === '*' || bareTag(tag) === etag)

/** What is stated about tags goes before what is stated about time. Throws 412, or 304 where nothing has changed. */
export function checkRead(object: StoredObject, conditions: ReadConditions): void {
  const {IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince} = conditions
  if (IfMatch !== undefined) {
    if (!names(IfMatch, object)) throw preconditionFailed('If-Match')
  } else if (IfUnmodifiedSince && object.modifiedAt > IfUnmodifiedSince.getTime()) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  const unchanged =
    IfNoneMatch === undefined
      ? IfModifiedSince !== undefined && object.modifiedAt <= IfModifiedSince.getTime()
      : names(IfNoneMatch, object)
  if (unchanged) throw notModified(object)
}

function notModified({etag, modifiedAt}: StoredObject): WireError {
  const headers = {etag: `"${etag}"`, 'last-modified': new Date(modifiedAt).toUTCString()}
  return new WireError('NotModified', 'Not Modified', 304, {}, headers)
}

/** Of the source of a copy: there is no 304 for it. */
export function checkSource(object: StoredObject, conditions: ReadConditions): void {
  try {
    checkRead(object, conditions)
  } catch (error) {
    if (error instanceof WireError && error.status === 304) throw preconditionFailed('x-amz-copy-source-If-')
    throw error
  }
}

export interface WriteConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

/** `missing`: what S3 says when there is nothing to match. Call it again just before the write. */
export function checkWrite(
  object: StoredObject | undefined,
  {IfMatch, IfNoneMatch}: WriteConditions,
  missing: () => WireError,
): void {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch.trim() !== '*') throw notImplementedHeader('If-None-Match')
    if (object) throw preconditionFailed('If-None-Match')
  }
  if (IfMatch === undefined) return
  if (!object) throw missing()
  if (!names(IfMatch, object)) throw preconditionFailed('If-Match')
}
