import {shellWord} from '../core/shell-word.js'
import {sanitise} from '../core/text.js'
import {denialHint, parseDenial} from './denial.js'
import {networkFailure} from './network-failure.js'
import {needsOptIn} from './region-opt-in-rule.js'
import {headersOf, type SdkError} from './sdk-error.js'

/** The call that failed. */
export interface CallContext {
  /** IAM action, such as bedrock:ListFoundationModels. */
  readonly action: string
  readonly region: string
  /** The profile in use, for the command that signs in again. */
  readonly profile?: string | undefined
}

/** What the rules look at. */
export interface Failure extends CallContext {
  readonly error: SdkError
  readonly name: string
  readonly status: number | undefined
  readonly text: string
  readonly host: string | undefined
  readonly now: Date
}

/** Code, fault, message and next steps. */
export type Translation = readonly [
  code: string,
  fault: 'usage' | 'access' | 'service',
  message: string,
  options?: {
    readonly why?: string | undefined
    readonly hint?: string | undefined
    readonly actions?: readonly string[]
  },
]

/** First match decides; the order is from the most to the least specific. */
export const ERROR_RULES: readonly ((failure: Failure) => Translation | undefined)[] = [
  throttled,
  clockSkew,
  credentialsExpired,
  credentialsRefused,
  regionMisnamed,
  accessDenied,
  badRequest,
  serviceFailed,
  networkFailed,
  unreadable,
]

const THROTTLING =
  /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|RequestLimitExceeded|TooManyRequestsException|SlowDown|BandwidthLimitExceeded|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException)$/

function throttled({name, status, action, region, text, error}: Failure): Translation | undefined {
  if (!THROTTLING.test(name) && status !== 429) return undefined
  const attempts = error.$metadata?.attempts
  const tries = attempts === undefined || attempts < 2 ? '' : ` after ${attempts} attempts`
  return [
    'THROTTLED',
    'service',
    `${action} in ${region} was throttled${tries}.`,
    {
      why: text,
      hint: 'Try again later, ask for fewer Regions at once, or let the SDK try longer.',
      actions: ['export AWS_RETRY_MODE=adaptive AWS_MAX_ATTEMPTS=10'],
    },
  ]
}

const SKEW = /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/

function clockSkew({name, text, error, region, action, now}: Failure): Translation | undefined {
  const stale = /Signature (?:expired|not yet current)/i.test(text)
  if (!SKEW.test(name) && !stale) return undefined
  const difference = skewSeconds(headersOf(error)['date'], now)
  const measured =
    difference === undefined
      ? 'The service did not say what time it has.'
      : `This machine is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} AWS.`
  return [
    'CLOCK_SKEW',
    'access',
    `${action} in ${region} was refused: the clock of this machine is wrong.`,
    {why: measured, hint: 'Set the clock (NTP), then try again.'},
  ]
}

/** Local minus remote, whole seconds. */
function skewSeconds(date: string | undefined, now: Date): number | undefined {
  const remote = Date.parse(date ?? '')
  return Number.isNaN(remote) ? undefined : Math.round((now.getTime() - remote) / 1000)
}

const EXPIRED = /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpiredException|ExpiredCredentials)$/

function credentialsExpired({name, action, region, profile}: Failure): Translation | undefined {
  if (!EXPIRED.test(name)) return undefined
  return [
    'CREDENTIALS_EXPIRED',
    'access',
    `The credentials have expired: ${action} in ${region} was refused.`,
    {
      hint: 'Sign in again, then repeat the command.',
      actions: [profile === undefined ? 'aws sso login' : `aws sso login --profile ${shellWord(profile)}`],
    },
  ]
}

const REFUSED =
  /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|IncompleteSignatureException|MissingAuthenticationToken|MissingAuthenticationTokenException|AuthFailure|InvalidAccessKeyId|InvalidToken|OptInRequired)$/
const UNKNOWN_THERE = /^(UnrecognizedClientException|InvalidClientTokenId|AuthFailure|OptInRequired|InvalidToken)$/

function credentialsRefused({name, region, action, text}: Failure): Translation | undefined {
  if (!REFUSED.test(name)) return undefined
  if (UNKNOWN_THERE.test(name) && needsOptIn(region)) {
    return [
      'REGION_NOT_ENABLED',
      'access',
      `${region} is not enabled in this account.`,
      {
        why: `${action} was refused with ${name}, which an opt-in Region answers to accounts that have not enabled it.`,
        hint: 'Enable it (minutes to hours), or leave it out. If other Regions refuse the credentials too, they are wrong.',
        actions: [`aws account enable-region --region-name ${region}`],
      },
    ]
  }
  return [
    'CREDENTIALS_INVALID',
    'access',
    `AWS does not accept the credentials: ${action} in ${region} answered ${name}.`,
    {why: text, hint: 'Check which credentials are in use.', actions: ['bedrockctl doctor']},
  ]
}

function regionMisnamed({text, region}: Failure): Translation | undefined {
  if (/Region is missing|Missing Region|expected `region`/.test(text)) {
    return [
      'REGION_MISSING',
      'usage',
      'No Region is configured.',
      {hint: 'Name one with --region, AWS_REGION or the profile.', actions: ['aws configure set region us-east-1']},
    ]
  }
  if (!/Region not accepted|is not a valid hostname component/.test(text)) return undefined
  return ['REGION_UNKNOWN', 'usage', `"${sanitise(region)}" is no AWS Region.`, {actions: ['bedrockctl features list']}]
}

const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedException|AuthorizationError|AuthorizationErrorException|NotAuthorized|Forbidden|403)$/

function accessDenied({name, status, text, action, region}: Failure): Translation | undefined {
  if (!DENIED.test(name) && status !== 401 && status !== 403) return undefined
  const denial = parseDenial(text)
  const denied = denial.action ?? action
  const whom = denial.principal === undefined ? '' : ` to ${denial.principal}`
  const what = denial.resource === undefined || denial.resource === '*' ? '' : ` on ${denial.resource}`
  return [
    'ACCESS_DENIED',
    'access',
    `${denied}${what} in ${region} is denied${whom}.`,
    {why: denialReason(denial) ?? text, hint: denialHint(denial, denied)},
  ]
}

function denialReason({layer, explicit}: ReturnType<typeof parseDenial>): string | undefined {
  if (explicit === true) return layer === undefined ? 'An explicit Deny matched.' : `Explicit Deny in the ${layer}.`
  return layer === undefined ? undefined : `No ${layer} allows it.`
}

function badRequest({name, status, text, action, region}: Failure): Translation | undefined {
  if (status === 404 || /NotFound(Exception)?$|^NoSuch/.test(name)) {
    return ['NOT_FOUND', 'usage', `${action} in ${region}: ${text}`]
  }
  if (/^ServiceQuotaExceeded/.test(name)) {
    return [
      'QUOTA_EXCEEDED',
      'service',
      `${action} in ${region}: ${text}`,
      {hint: 'Free what is in use, or ask for a higher quota.'},
    ]
  }
  if (name === 'DataUnavailableException') {
    const hint = 'Open Cost Explorer once in the Billing console; its data comes within 24 hours.'
    return ['NO_DATA', 'service', `${action} has no data: ${text}`, {hint}]
  }
  if (/^Conflict/.test(name) || status === 409) return ['CONFLICT', 'usage', `${action} in ${region}: ${text}`]
  if (/^Validation|^Invalid|^Serialization/.test(name) || status === 400) {
    return ['VALIDATION', 'usage', `${action} in ${region} did not accept the request: ${text}`]
  }
  return undefined
}

function serviceFailed({name, status, text, action, region}: Failure): Translation | undefined {
  if (status === 501)
    return ['NOT_IMPLEMENTED', 'service', `${action} is not implemented by what answers for ${region}: ${text}`]
  if (status === undefined || status < 500) return undefined
  return [
    'SERVICE_ERROR',
    'service',
    `${action} in ${region} failed at AWS (${name}, HTTP ${status}): ${text}`,
    {hint: 'Try again in a while.'},
  ]
}

function networkFailed({error, action, region, host}: Failure): Translation | undefined {
  const found = networkFailure(error, host)
  return (
    found && ['UNREACHABLE', 'service', `${action} in ${region}: ${found.message}`, {why: found.why, hint: found.hint}]
  )
}

function unreadable({error, text, action, region, host}: Failure): Translation | undefined {
  if (!(error instanceof SyntaxError) && !/Deserialization error|Unexpected token|is not valid JSON|parse/i.test(text))
    return undefined
  return [
    'UNREADABLE_ANSWER',
    'service',
    `${action} in ${region}: ${host ?? 'the endpoint'} answered with something that is no AWS answer.`,
    {
      why: text,
      hint: 'Check --endpoint-url, AWS_ENDPOINT_URL and proxies: a login page or a plain web server answers like this.',
    },
  ]
}
