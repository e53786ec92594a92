import {WireError} from '../handler.js'
import {type Dialect, dialectOf, type Protocol} from './protocol.js'

// Errors any AWS service gives, and how each family of protocols names them.

type ErrorKind =
  | 'unsigned'
  | 'incomplete-signature'
  | 'unknown-key'
  | 'bad-signature'
  | 'signature-expired'
  | 'expired-token'
  | 'bad-token'
  | 'region-not-enabled'
  | 'denied'
  | 'throttled'
  | 'invalid'
  | 'malformed'
  | 'unknown-operation'
  | 'too-large'
  | 'internal'

type Wording = readonly [code: string, status: number, message: string]

const UNRECOGNISED = 'The security token included in the request is invalid.'
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.'
const NOT_VALIDATED = 'AWS was not able to validate the provided access credentials'
const RATE = 'Rate exceeded'

const WORDINGS: Readonly<Record<ErrorKind, Readonly<Record<Dialect, Wording>>>> = {
  unsigned: {
    json: ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token'],
    query: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    ec2: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    s3: ['AccessDenied', 403, 'Access Denied'],
  },
  'incomplete-signature': {
    json: ['IncompleteSignatureException', 403, 'Authorization header is not complete.'],
    query: ['IncompleteSignature', 400, 'Authorization header is not complete.'],
    ec2: ['AuthFailure', 401, NOT_VALIDATED],
    s3: ['AuthorizationHeaderMalformed', 400, 'The authorization header that you provided is not valid.'],
  },
  'unknown-key': {
    json: ['UnrecognizedClientException', 403, UNRECOGNISED],
    query: ['InvalidClientTokenId', 403, UNRECOGNISED],
    ec2: ['AuthFailure', 401, NOT_VALIDATED],
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  },
  'bad-signature': {
    json: ['InvalidSignatureException', 403, MISMATCH],
    query: ['SignatureDoesNotMatch', 403, MISMATCH],
    ec2: ['AuthFailure', 401, NOT_VALIDATED],
    s3: ['SignatureDoesNotMatch', 403, MISMATCH],
  },
  'signature-expired': {
    json: ['InvalidSignatureException', 403, 'Signature expired'],
    query: ['SignatureDoesNotMatch', 403, 'Signature expired'],
    ec2: ['RequestExpired', 400, 'Request has expired.'],
    s3: ['RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'],
  },
  'expired-token': {
    json: ['ExpiredTokenException', 403, 'The security token included in the request is expired'],
    query: ['ExpiredToken', 403, 'The security token included in the request is expired'],
    ec2: ['RequestExpired', 400, 'Request has expired.'],
    s3: ['ExpiredToken', 400, 'The provided token has expired.'],
  },
  'bad-token': {
    json: ['UnrecognizedClientException', 403, UNRECOGNISED],
    query: ['InvalidClientTokenId', 403, UNRECOGNISED],
    ec2: ['AuthFailure', 401, NOT_VALIDATED],
    s3: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
  },
  'region-not-enabled': {
    json: ['UnrecognizedClientException', 403, UNRECOGNISED],
    query: ['InvalidClientTokenId', 403, UNRECOGNISED],
    ec2: ['AuthFailure', 401, NOT_VALIDATED],
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  },
  denied: {
    json: ['AccessDeniedException', 400, 'Access denied'],
    query: ['AccessDenied', 403, 'Access denied'],
    ec2: ['UnauthorizedOperation', 403, 'You are not authorized to perform this operation.'],
    s3: ['AccessDenied', 403, 'Access Denied'],
  },
  throttled: {
    json: ['ThrottlingException', 400, RATE],
    query: ['Throttling', 400, RATE],
    ec2: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    s3: ['SlowDown', 503, 'Please reduce your request rate.'],
  },
  invalid: {
    json: ['ValidationException', 400, 'Invalid request'],
    query: ['ValidationError', 400, 'Invalid request'],
    ec2: ['InvalidParameterValue', 400, 'Invalid request'],
    s3: ['InvalidArgument', 400, 'Invalid Argument'],
  },
  malformed: {
    json: ['SerializationException', 400, 'The request body could not be read.'],
    query: ['MalformedInput', 400, 'The request could not be read.'],
    ec2: ['InvalidParameterValue', 400, 'The request could not be read.'],
    s3: [
      'MalformedXML',
      400,
      'The XML you provided was not well-formed or did not validate against our published schema',
    ],
  },
  'unknown-operation': {
    json: ['UnknownOperationException', 404, 'The requested operation is not recognized by the service.'],
    query: ['InvalidAction', 400, 'The requested operation is not recognized by the service.'],
    ec2: ['InvalidAction', 400, 'The requested operation is not recognized by the service.'],
    s3: ['MethodNotAllowed', 405, 'The specified method is not allowed against this resource.'],
  },
  'too-large': {
    json: ['RequestEntityTooLargeException', 413, 'Request body exceeds the sandbox’s limit.'],
    query: ['RequestEntityTooLarge', 413, 'Request body exceeds the sandbox’s limit.'],
    ec2: ['RequestEntityTooLarge', 413, 'Request body exceeds the sandbox’s limit.'],
    s3: ['EntityTooLarge', 413, 'Your proposed upload exceeds the maximum allowed size'],
  },
  internal: {
    json: ['InternalServerException', 500, 'The sandbox failed.'],
    query: ['InternalFailure', 500, 'The sandbox failed.'],
    ec2: ['InternalError', 500, 'The sandbox failed.'],
    s3: ['InternalError', 500, 'The sandbox failed.'],
  },
}

/** An error every service of this protocol words alike; `message` replaces the usual text. */
export function commonError(kind: ErrorKind, protocol: Protocol, message?: string): WireError {
  const [code, status, usual] = WORDINGS[kind][dialectOf(protocol)]
  // JSON RPC services answer 400 where REST services say what the failure is: 403, 429.
  const restStatus = protocol === 'restJson1' ? REST_STATUS[kind] : undefined
  return new WireError(code, message ?? usual, restStatus ?? status)
}

const REST_STATUS: Partial<Readonly<Record<ErrorKind, number>>> = {denied: 403, throttled: 429}
