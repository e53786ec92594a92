import {type Authorization, compact, parseCompact, type Signed, signatureHolds} from './auth.js'
import type {Clock} from './clock.js'
import {WireError} from './handler.js'
import type {JournalEntry} from './journal.js'
import type {Call} from './resolve.js'
import type {ServiceSpec} from './services.js'
import {commonError} from './wire/common-errors.js'
import type {WireRequest} from './wire/protocol.js'
import type {World} from './world.js'

/** Who calls, and from which Region's endpoint. */
export interface Caller {
  readonly account: string
  readonly accessKeyId: string | undefined
  readonly region: string
  /** STS takes some calls from whoever holds a token of somebody else. */
  readonly anonymous: boolean
  /** Whom the request is signed by: what the chunks of its body must be signed by too. */
  readonly signer?: Signer
}

/** A signature that holds, and the key it was made with. */
export interface Signer {
  readonly signed: Signed
  readonly secretAccessKey: string
}

/** There is no such host: the connection is cut, as a client would fail to resolve the name. */
export class NoSuchEndpoint extends Error {
  override readonly name = 'NoSuchEndpoint'
}

export interface Gate {
  readonly world: World
  readonly clock: Clock
  /** Wall clock in milliseconds: what callers date their signatures by. */
  wallNow(): number
}

export interface Approach {
  readonly call: Call
  readonly request: WireRequest
  readonly authorization: Authorization
  readonly pathRegion: string | undefined
}

/** Lets a caller in or throws the refusal its protocol has; `entry` learns what was found out on the way. */
export function admit(approach: Approach, gate: Gate, entry: JournalEntry): Caller {
  const caller = identify(approach, gate, entry)
  entry.account = caller.account
  entry.region = caller.region
  if (!caller.anonymous) checkRegion(approach.call, caller, gate.world)
  return caller
}

function identify(approach: Approach, gate: Gate, entry: JournalEntry): Caller {
  const {call, authorization, pathRegion} = approach
  const region = pathRegion ?? gate.world.login.region
  switch (authorization.kind) {
    case 'none':
      if (!allowsAnonymous(call)) throw commonError('unsigned', call.protocol)
      return {account: '', accessKeyId: undefined, region, anonymous: true}
    case 'malformed':
      throw commonError('incomplete-signature', call.protocol, authorization.reason)
    case 'bearer':
      return {account: bearerAccount(authorization.token, call, gate), accessKeyId: undefined, region, anonymous: false}
    default:
      return verify(authorization, approach, gate, entry)
  }
}

const ANONYMOUS = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'])

const allowsAnonymous = ({service, name}: Call): boolean => service.spec.id === 'sts' && ANONYMOUS.has(name)

function bearerAccount(token: string, {service, protocol}: Call, {world}: Gate): string {
  if (service.spec.signing !== 'bedrock') throw commonError('incomplete-signature', protocol)
  const known = world.bearer(token)
  if (known) return known.account
  throw new WireError('AccessDeniedException', 'Authentication failed: Please make sure your API Key is valid.', 403)
}

function verify(signed: Signed, approach: Approach, gate: Gate, entry: JournalEntry): Caller {
  const {call, request, pathRegion} = approach
  const {protocol} = call
  entry.region = signed.region
  const credential = gate.world.credentials(signed.accessKeyId)
  if (!credential) throw commonError('unknown-key', protocol)
  entry.account = credential.account
  entry.signature = 'bad'
  checkScope(signed, call, pathRegion)
  if ((credential.sessionToken ?? undefined) !== signed.sessionToken) throw commonError('bad-token', protocol)
  if (!signatureHolds(signed, credential.secretAccessKey, request)) throw commonError('bad-signature', protocol)
  entry.signature = 'ok'
  checkTime(signed, call, gate.wallNow())
  if (credential.expiresAt !== undefined && credential.expiresAt <= gate.clock.now()) {
    throw commonError('expired-token', protocol)
  }
  const region = signed.region === 'aws-global' ? 'us-east-1' : signed.region
  const signer = {signed, secretAccessKey: credential.secretAccessKey}
  return {account: credential.account, accessKeyId: signed.accessKeyId, region, anonymous: false, signer}
}

function checkScope({service, region}: Signed, call: Call, pathRegion: string | undefined): void {
  const {signing} = call.service.spec
  if (service !== signing) {
    throw commonError('bad-signature', call.protocol, `Credential should be scoped to correct service: '${signing}'. `)
  }
  if (pathRegion !== undefined && region !== pathRegion) {
    throw commonError('bad-signature', call.protocol, 'Credential should be scoped to a valid region. ')
  }
}

const TOLERANCE_MS = 5 * 60_000

/** A header's signature holds five minutes either way, fifteen at S3; a presigned URL as long as it says. */
function checkTime(signed: Signed, {protocol}: Call, now: number): void {
  if (protocol === 'restXml') {
    checkS3Time(signed, now)
    return
  }
  const problem = timeProblem(signed, now)
  // EC2 has a sentence of its own for it.
  if (problem !== undefined)
    throw commonError('signature-expired', protocol, protocol === 'ec2Query' ? undefined : problem)
}

const S3_TOLERANCE_MS = 15 * 60_000
const WEEK_SECONDS = 604_800

function checkS3Time({time: stamp, expiresInSeconds}: Signed, now: number): void {
  const time = parseCompact(stamp)
  const ServerTime = `${new Date(now).toISOString().slice(0, 19)}Z`
  if (expiresInSeconds !== undefined && (expiresInSeconds < 0 || expiresInSeconds > WEEK_SECONDS)) {
    const limit = `less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${WEEK_SECONDS} seconds`
    const rule = expiresInSeconds < 0 ? 'non-negative' : limit
    throw new WireError('AuthorizationQueryParametersError', `X-Amz-Expires must be ${rule}`)
  }
  if (expiresInSeconds !== undefined && time + expiresInSeconds * 1000 < now) {
    throw new WireError('AccessDenied', 'Request has expired', 403, {'X-Amz-Expires': expiresInSeconds, ServerTime})
  }
  const skewed = expiresInSeconds === undefined ? Math.abs(now - time) > S3_TOLERANCE_MS : time - now > S3_TOLERANCE_MS
  if (!(skewed || Number.isNaN(time))) return
  const {code, message, status} = commonError('signature-expired', 'restXml')
  const extra = {RequestTime: stamp, ServerTime, MaxAllowedSkewMilliseconds: S3_TOLERANCE_MS}
  throw new WireError(code, message, status, extra)
}

function timeProblem({time: stamp, expiresInSeconds}: Signed, now: number): string | undefined {
  const time = parseCompact(stamp)
  if (Number.isNaN(time)) return `Date must be in ISO-8601 'basic format'. Got '${stamp}'.`
  if (time - TOLERANCE_MS > now) {
    const limit = compact(now + TOLERANCE_MS)
    return `Signature not yet current: ${stamp} is still later than ${limit} (${compact(now)} + 5 min.)`
  }
  if (expiresInSeconds !== undefined) {
    const end = time + expiresInSeconds * 1000
    return now > end ? `Signature expired: ${compact(end)} is now earlier than ${compact(now)}` : undefined
  }
  const limit = compact(now - TOLERANCE_MS)
  return time + TOLERANCE_MS < now
    ? `Signature expired: ${stamp} is now earlier than ${limit} (${compact(now)} - 5 min.)`
    : undefined
}

/**
 * A global service answers whatever Region its caller signed for: at a custom endpoint clients sign with their own. An
 * endpoint that AWS does not have is unreachable here too, so that a wrong Region fails as it does on AWS.
 */
function checkRegion({service: {spec}, protocol}: Call, {account, region}: Caller, world: World): void {
  if (spec.global) return
  if (!hasEndpoint(spec, region, world)) throw new NoSuchEndpoint(`${spec.id} has no endpoint in ${region}`)
  const state = world.regionState(account, region)
  if (state === 'unknown') throw new NoSuchEndpoint(`there is no Region ${region}`)
  if (state === 'not-enabled') throw commonError('region-not-enabled', protocol)
}

function hasEndpoint({id, endpointRegions, followsCatalog}: ServiceSpec, region: string, world: World): boolean {
  if (endpointRegions) return endpointRegions.includes(region)
  return !followsCatalog || (world.catalog.region(region)?.endpoints.includes(id) ?? false)
}
