import {parseArn} from '../core/arn.js'
import {usageError} from '../core/errors.js'
import type {JobVpc} from '../jobs/preflight/network.js'

const MOST_SUBNETS = 16
const MOST_SECURITY_GROUPS = 5

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

/** What --tag says, KEY=VALUE each. */
export function readTags(texts: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map(readTag))
}

/** What --kms-key says: the ARN of a key, or null. */
export function readKey(text: string | undefined): string | null {
  if (text === undefined || parseArn(text)?.service === 'kms') return text ?? null
  throw usageError('BAD_KEY', `--kms-key does not understand "${text}".`, {hint: 'Give the ARN of a key.'})
}

function readTag(text: string): readonly [string, string] {
  const sign = text.indexOf('=')
  if (sign > 0) return [text.slice(0, sign), text.slice(sign + 1)]
  throw usageError('BAD_TAG', `--tag does not understand "${text}".`, {hint: 'Write KEY=VALUE.'})
}
