import {parseArn} from '../core/arn.js'
import {type BedrockctlError, usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import type {JobVpc} from '../jobs/preflight/network.js'

const MOST_SUBNETS = 16
const MOST_SECURITY_GROUPS = 5
/** Of a resource of Bedrock: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Tag.html */
const MOST_TAGS = 50
const TAG_KEY = /^(?!aws:)[a-zA-Z0-9\s._:/=+@-]{1,128}$/i
const TAG_VALUE = /^[a-zA-Z0-9\s._:/=+@-]{0,256}$/

/** What --subnet and --security-group say; null where neither is given. */
export function readVpc(subnets: readonly string[] = [], groups: readonly string[] = []): JobVpc | null {
  if (subnets.length === 0 && groups.length === 0) return null
  if (subnets.length === 0 || groups.length === 0) {
    throw usageError('VPC_INCOMPLETE', 'A job in a VPC names its subnets and its security groups.', {
      hint: 'Give both: --subnet ID --security-group ID',
    })
  }
  if (subnets.length > MOST_SUBNETS || groups.length > MOST_SECURITY_GROUPS) {
    throw usageError(
      'VPC_TOO_MANY',
      `A job names ${MOST_SUBNETS} subnets and ${MOST_SECURITY_GROUPS} security groups at most.`,
      {hint: 'Leave some out.'},
    )
  }
  return {subnetIds: subnets, securityGroupIds: groups}
}

/** What --tag says, KEY=VALUE each, as the service takes tags: refused later, a job is refused after its upload. */
export function readTags(texts: readonly string[] = []): Readonly<Record<string, string>> {
  const tags = new Map<string, string>()
  for (const text of texts) {
    const [key, value] = readTag(text)
    if (tags.has(key)) throw badTag(text, `There is another --tag ${key}.`)
    tags.set(key, value)
  }
  if (tags.size > MOST_TAGS) {
    throw usageError('TOO_MANY_TAGS', `${tags.size} tags are given; ${MOST_TAGS} are taken.`, {hint: 'Leave some out.'})
  }
  return Object.fromEntries(tags)
}

/** What --kms-key says: the ARN of a key, or null. */
export function readKey(text: string | undefined): string | null {
  if (text === undefined || parseArn(text)?.service === 'kms') return text ?? null
  throw usageError('BAD_KEY', `--kms-key does not understand "${text}".`, {hint: 'Give the ARN of a key.'})
}

function readTag(text: string): readonly [string, string] {
  const sign = text.indexOf('=')
  if (sign < 1) throw badTag(text, undefined)
  const [key, value] = [text.slice(0, sign), text.slice(sign + 1)]
  if (!TAG_KEY.test(key)) {
    throw badTag(text, 'A key has 1 to 128 letters, digits, spaces and . _ : / = + @ -, and does not begin with aws:.')
  }
  if (!TAG_VALUE.test(value)) {
    throw badTag(text, 'A value has at most 256 letters, digits, spaces and . _ : / = + @ -.')
  }
  return [key, value]
}

function badTag(text: string, why: string | undefined): BedrockctlError {
  return usageError('BAD_TAG', `--tag does not understand "${sanitise(text)}".`, {why, hint: 'Write KEY=VALUE.'})
}
