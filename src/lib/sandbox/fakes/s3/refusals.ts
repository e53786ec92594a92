import {type RequestContext, WireError} from '../../handler.js'

/** Without permission to list, S3 does not tell that a key is missing. */
export function noSuchKey(key: string, context: RequestContext): WireError {
  const {world, account, accessKeyId, region} = context
  const refused = world.authorise({account, accessKeyId, region, action: 's3:ListBucket'})
  if (refused !== undefined) return new WireError('AccessDenied', refused, 403)
  return new WireError('NoSuchKey', 'The specified key does not exist.', 404, {Key: key})
}

export const invalidArgument = (message: string, name: string, value: unknown): WireError =>
  new WireError('InvalidArgument', message, 400, {ArgumentName: name, ArgumentValue: value})

export const invalidRequest = (message: string): WireError => new WireError('InvalidRequest', message)

export const notImplementedHeader = (header: string): WireError =>
  new WireError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
    Header: header,
  })

export const preconditionFailed = (condition: string): WireError =>
  new WireError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  })

const MAX_KEY_BYTES = 1024

export function checkKey(key: string): void {
  const size = Buffer.byteLength(key)
  if (size <= MAX_KEY_BYTES) return
  throw new WireError('KeyTooLongError', 'Your key is too long', 400, {Size: size, MaxSizeAllowed: MAX_KEY_BYTES})
}

/** Further permissions that an operation needs: of KMS, or on the source of a copy. */
export function demand(action: string, {world, account, accessKeyId, region}: RequestContext): void {
  const refused = world.authorise({account, accessKeyId, region, action})
  if (refused !== undefined) throw new WireError('AccessDenied', refused, 403)
}
