import type {CallerIdentity, RegionOptIn} from '../account/ports.js'
import type {CatalogRegion} from '../catalog/catalog.schema.js'
import type {BedrockctlError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import type {DoctorCheck} from './doctor.schema.js'
import type {CredentialFacts, CredentialKind} from './ports.js'

/** Read, or why not. */
export type Outcome<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly error: BedrockctlError}

const OBTAINED: Readonly<Record<CredentialKind, string>> = {
  environment: 'from the environment',
  profile: 'keys of the profile',
  sso: 'by IAM Identity Center',
  login: 'by aws login',
  'assumed-role': 'by assuming a role',
  'web-identity': 'by web identity',
  process: 'from the credential process',
  container: 'from the container',
  instance: 'from the instance',
  given: 'from the sandbox',
  unknown: 'by the provider chain',
}
const SOON_MS = 15 * 60_000

/** Who is calling, how that came about and for how long. */
export function judgeCredentials(
  credentials: Outcome<CredentialFacts>,
  identity: Outcome<CallerIdentity> | undefined,
  now: Date,
): readonly DoctorCheck[] {
  const check = {id: 'credentials', title: 'credentials'}
  if (!credentials.ok) return [{...check, ...failed(credentials.error)}]
  const {value} = credentials
  const profile = value.profile === null ? '' : `profile ${sanitise(value.profile)}, `
  const more = value.detail === null ? '' : ` (${sanitise(value.detail)})`
  const detail = `${profile}${OBTAINED[value.kind]}${more}, key …${value.accessKeyEnd}, ${expiry(value.expiresAt, now)}`
  const soon = value.expiresAt !== null && Date.parse(value.expiresAt) - now.getTime() < SOON_MS
  const found: DoctorCheck = soon
    ? {...check, status: 'warn', detail, hint: 'Sign in again before a long run.'}
    : {...check, status: 'ok', detail, hint: null}
  return identity === undefined ? [found] : [found, judgeIdentity(identity)]
}

function judgeIdentity(identity: Outcome<CallerIdentity>): DoctorCheck {
  const check = {id: 'identity', title: 'caller'}
  if (!identity.ok) return {...check, ...failed(identity.error)}
  const {account, arn} = identity.value
  return {...check, status: 'ok', detail: `${sanitise(arn)} in account ${sanitise(account)}`, hint: null}
}

function expiry(expiresAt: string | null, now: Date): string {
  if (expiresAt === null) return 'no expiry'
  const minutes = Math.round((Date.parse(expiresAt) - now.getTime()) / 60_000)
  const left = minutes >= 120 ? `${Math.round(minutes / 60)} h` : `${minutes} min`
  return minutes < 0 ? `expired at ${expiresAt}` : `expires at ${expiresAt}, in ${left}`
}

export interface RegionFacts {
  readonly name: string
  /** `--region`, `AWS_REGION`, … */
  readonly origin: string
  readonly known: CatalogRegion | undefined
  /** Undefined offline. */
  readonly optIns: Outcome<ReadonlyMap<string, RegionOptIn>> | undefined
}

/** Whether Bedrock is there and the account may call it. */
export function judgeRegion({name, origin, known, optIns}: RegionFacts): DoctorCheck {
  const check = {id: `region:${name}`, title: `Region ${sanitise(name)}`}
  if (known === undefined || !known.endpoints.includes('bedrock')) {
    return {
      ...check,
      status: 'fail',
      detail: `from ${origin}; the catalog knows no Bedrock there`,
      hint: 'bedrockctl features list shows where Bedrock is.',
    }
  }
  const offered = `${known.displayName}, from ${origin}`
  if (optIns === undefined) return {...check, status: 'ok', detail: `${offered}; offers Bedrock`, hint: null}
  if (!optIns.ok) {
    return {
      ...check,
      status: 'unknown',
      detail: `${offered}; whether it is enabled could not be read: ${optIns.error.message}`,
      hint: optIns.error.hint ?? null,
    }
  }
  const state = optIns.value.get(name)
  if (state === undefined)
    return {...check, status: 'unknown', detail: `${offered}; the account does not list it`, hint: null}
  if (state === 'enabled' || state === 'enabled-by-default')
    return {...check, status: 'ok', detail: `${offered}; ${state.replaceAll('-', ' ')}`, hint: null}
  if (state === 'disabled') {
    return {
      ...check,
      status: 'fail',
      detail: `${offered}; not enabled in this account`,
      hint: `aws account enable-region --region-name ${name}`,
    }
  }
  return {...check, status: 'warn', detail: `${offered}; ${state}`, hint: 'Wait: this takes minutes, sometimes hours.'}
}

const SIGV4_TOLERANCE_SECONDS = 300
const SUSPECT_SECONDS = 60

/** SigV4 refuses a clock that is five minutes off. */
export function judgeClock(skewSeconds: number | undefined): DoctorCheck {
  const check = {id: 'clock', title: 'clock'}
  if (skewSeconds === undefined) return {...check, status: 'unknown', detail: 'nobody answered with a date', hint: null}
  const off = Math.abs(skewSeconds)
  const detail = off <= 1 ? 'agrees with AWS' : `${off} s ${skewSeconds > 0 ? 'ahead of' : 'behind'} AWS`
  if (off < SUSPECT_SECONDS) return {...check, status: 'ok', detail, hint: null}
  return {
    ...check,
    status: off < SIGV4_TOLERANCE_SECONDS ? 'warn' : 'fail',
    detail,
    hint: 'Set the clock (NTP); AWS refuses requests from 5 minutes.',
  }
}

function failed(error: BedrockctlError): Pick<DoctorCheck, 'status' | 'detail' | 'hint'> {
  const why = error.why === undefined ? '' : ` ${error.why}`
  // What the network or AWS kept from us says nothing about the credentials.
  const status = error.fault === 'service' ? 'unknown' : 'fail'
  return {status, detail: `${error.message}${why}`, hint: error.actions[0] ?? error.hint ?? null}
}
