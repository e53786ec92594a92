import type * as Sts from '@aws-sdk/client-sts'
import {InvalidIdentityTokenException} from '@aws-sdk/client-sts'
import {parseArn} from '../../core/arn.js'
import {handlersFor, type RequestContext, WireError} from '../handler.js'
import type {Role} from '../world/iam-state.js'
import {iamId} from '../world/unique-id.js'

const HOUR = 3600
const SESSION_TOKEN_DEFAULT = 12 * HOUR

export default handlersFor<typeof Sts>()({
  GetCallerIdentity(_input, {world, account, accessKeyId}) {
    const arn = world.principal(account, accessKeyId)
    return {UserId: userId(arn, account), Account: account, Arn: arn}
  },

  AssumeRole({RoleArn, RoleSessionName, DurationSeconds = HOUR, ExternalId}, context) {
    const caller = context.world.principal(context.account, context.accessKeyId)
    const target = findRole(RoleArn, context)
    if (!target || !trusts(target.role, context.account, ExternalId)) {
      const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`
      throw new WireError('AccessDenied', message, 403)
    }
    checkDuration(target.role, DurationSeconds)
    if (caller.includes(':assumed-role/') && DurationSeconds > HOUR) {
      throw tooLong('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining')
    }
    return session(target, RoleSessionName, DurationSeconds, context)
  },

  AssumeRoleWithWebIdentity({RoleArn, RoleSessionName, DurationSeconds = HOUR, WebIdentityToken}, context) {
    const claims = claimsOf(WebIdentityToken)
    if (!claims) {
      throw new InvalidIdentityTokenException({message: 'The ID Token provided is not a valid JWT.', $metadata: {}})
    }
    const target = findRole(RoleArn, context)
    if (!target?.role.webIdentity) {
      throw new WireError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403)
    }
    checkDuration(target.role, DurationSeconds)
    return {
      ...session(target, RoleSessionName, DurationSeconds, context),
      SubjectFromWebIdentityToken: text(claims['sub']) ?? 'sandbox',
      Audience: text(claims['aud']) ?? 'sts.amazonaws.com',
      Provider: text(claims['iss']) ?? 'https://sandbox.invalid',
    }
  },

  GetSessionToken({DurationSeconds = SESSION_TOKEN_DEFAULT}, {world, account, accessKeyId, now}) {
    const principal = world.principal(account, accessKeyId)
    if (accessKeyId?.startsWith('ASIA')) {
      throw new WireError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403)
    }
    return {Credentials: toCredentials(world.issue(account, principal, now() + DurationSeconds * 1000))}
  },

  GetAccessKeyInfo({AccessKeyId}, {world}) {
    const known = world.credentials(AccessKeyId)
    if (!known) throw new WireError('ValidationError', `The access key ${AccessKeyId} is not valid.`, 400)
    return {Account: known.account}
  },
})

interface Target {
  readonly account: string
  readonly role: Role
}

function findRole(arn: string, {world}: RequestContext): Target | undefined {
  const parsed = parseArn(arn)
  const account = world.accounts.get(parsed?.account ?? '')
  if (parsed?.service !== 'iam' || !account || parsed.partition !== account.partition) return undefined
  const role = account.iam.roles.find(({name, path}) => parsed.resource === `role${path}${name}`)
  return role && {account: account.id, role}
}

function trusts(role: Role, caller: string, externalId: string | undefined): boolean {
  return role.trustedAccounts.includes(caller) && (role.externalId === undefined || role.externalId === externalId)
}

function checkDuration({maxSessionSeconds}: Role, seconds: number): void {
  if (seconds > maxSessionSeconds) {
    throw tooLong('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
}

function tooLong(message: string): WireError {
  return new WireError('ValidationError', message, 400)
}

function session({account, role}: Target, name: string, seconds: number, {world, now}: RequestContext) {
  const {partition} = world.account(account)
  const arn = `arn:${partition}:sts::${account}:assumed-role/${role.name}/${name}`
  return {
    Credentials: toCredentials(world.issue(account, arn, now() + seconds * 1000)),
    AssumedRoleUser: {AssumedRoleId: userId(arn, account), Arn: arn},
  }
}

function toCredentials(issued: ReturnType<RequestContext['world']['issue']>) {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken,
    Expiration: new Date(issued.expiresAt),
  }
}

/** `AIDA…` for a user, `AROA…:session` for a role's session, the account for its root. */
function userId(arn: string, account: string): string {
  const [kind = '', ...names] = arn.slice(arn.lastIndexOf(':') + 1).split('/')
  if (kind === 'root') return account
  const [role = '', sessionName = ''] = names
  return kind === 'assumed-role'
    ? `${iamId('AROA', account, role)}:${sessionName}`
    : iamId('AIDA', account, names.at(-1) ?? '')
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  const [, payload] = token.split('.')
  try {
    return JSON.parse(Buffer.from(payload ?? '', 'base64url').toString('utf8')) as Record<string, unknown>
  } catch {
    return undefined
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
