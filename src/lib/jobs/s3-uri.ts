import {type BedrockctlError, usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import type {S3Place} from './ports.js'

/** Which keys are taken: those that Bedrock's jobs take, or all that S3 has and no machine between misreads. */
export type KeyRule = 'bedrock' | 'any'

const BUCKET = /^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/
const NETWORK_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/
const BEDROCK_SEGMENT = /^[-!_*'().a-z0-9A-Z]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds.
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/
const MOST_KEY_BYTES = 1024
const SCHEME = 's3://'

/** Bucket and key of an S3 URI, or all that is wrong with it. A slash at the end of the key stays. */
export function parseS3Uri(
  text: string,
  rule: KeyRule = 'bedrock',
): {readonly place: S3Place} | {readonly problems: readonly string[]} {
  if (!text.startsWith(SCHEME)) return {problems: ['It does not begin with s3://.']}
  const rest = text.slice(SCHEME.length)
  const slash = rest.indexOf('/')
  const bucket = slash === -1 ? rest : rest.slice(0, slash)
  const key = slash === -1 ? '' : rest.slice(slash + 1)
  const problems = [...bucketProblems(bucket), ...keyProblems(key, rule)]
  return problems.length > 0 ? {problems} : {place: {bucket, key}}
}

/** Bucket and key of an S3 URI that somebody typed; refused with all that is wrong. `what` says what it is for. */
export function readS3Uri(text: string, what: string, rule: KeyRule = 'bedrock'): S3Place {
  const found = parseS3Uri(text, rule)
  if ('place' in found) return found.place
  throw refused(text, what, found.problems)
}

export function formatS3Uri({bucket, key}: S3Place): string {
  return key === '' ? `${SCHEME}${bucket}` : `${SCHEME}${bucket}/${key}`
}

/** The place of a name below a prefix, with one slash between. */
export function below({bucket, key}: S3Place, name: string): S3Place {
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`
  return {bucket, key: `${prefix}${name}`}
}

function bucketProblems(bucket: string): readonly string[] {
  if (bucket === '') return ['It names no bucket.']
  if (!BUCKET.test(bucket)) {
    return [`"${sanitise(bucket)}" is no bucket: 3 to 63 of a-z, 0-9, - and ., with a letter or digit at both ends.`]
  }
  if (bucket.includes('..')) return [`"${bucket}" is no bucket: two dots stand side by side.`]
  return NETWORK_ADDRESS.test(bucket) ? [`"${bucket}" is no bucket but a network address.`] : []
}

function keyProblems(key: string, rule: KeyRule): readonly string[] {
  if (key === '') return []
  const segments = (key.endsWith('/') ? key.slice(0, -1) : key).split('/')
  const strange = segments.filter((segment) => segment !== '' && !BEDROCK_SEGMENT.test(segment))
  return [
    ...(segments.some((segment) => segment === '') && rule === 'bedrock' ? ['Two slashes stand side by side.'] : []),
    ...(segments.some((segment) => segment === '.' || segment === '..')
      ? ['A part of the key is "." or "..", which some programs read as another folder.']
      : []),
    ...(CONTROL.test(key) ? ['The key has a control character.'] : []),
    ...(Buffer.byteLength(key) > MOST_KEY_BYTES ? [`The key is longer than ${MOST_KEY_BYTES} bytes.`] : []),
    ...(rule === 'bedrock' && strange.length > 0 && !CONTROL.test(key)
      ? [`Bedrock takes letters, digits and -!_*'(). in keys; "${sanitise(strange[0] ?? '')}" has others.`]
      : []),
  ]
}

function refused(text: string, what: string, problems: readonly string[]): BedrockctlError {
  return usageError('S3_URI_INVALID', `"${sanitise(text)}" is no ${what}.`, {
    why: problems.join('\n'),
    hint: 'Write it as s3://bucket/folder.',
  })
}
