import {fromNodeProviderChain} from '@aws-sdk/credential-providers'
import type {NodeHttpHandler} from '@smithy/node-http-handler'
import type {AwsCredentialIdentity} from '@smithy/types'
import {BedrockctlError, type ErrorOptions} from '../core/errors.js'
import {shellWord} from '../core/shell-word.js'
import {sanitise} from '../core/text.js'
import {networkFailure} from './network-failure.js'
import {chosenProfile, type ProfileSection, readProfiles, requireProfile} from './profiles.js'
import {hostOf, type SdkError, textOf} from './sdk-error.js'

/** What the SDK adds to credentials: feature ids that tell where they came from. */
export interface ResolvedCredentials extends AwsCredentialIdentity {
  readonly $source?: Readonly<Record<string, string>>
}

export type CredentialProvider = () => Promise<ResolvedCredentials>

// The SDK speaks through this logger on the console when credentials are set twice; doctor says it instead.
const silent = {trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet}
function quiet(): void {
  // The SDK calls it with what nobody asked to read.
}

/** Off EC2 the metadata address may answer nothing at all, and is asked twice; where there is one it answers in few ms. */
export const METADATA_TIMEOUT_MS = 400

function inContainer(): boolean {
  return ['RELATIVE', 'FULL'].some((kind) => process.env[`AWS_CONTAINER_CREDENTIALS_${kind}_URI`])
}

/** The SDK's own chain, resolved once for all clients and refreshed before expiry; failures come out as ours. */
export function createCredentialProvider(options: {
  readonly profile: string | undefined
  /** Also carries the provider's own calls (STS, SSO), with its time limits. */
  readonly requestHandler: NodeHttpHandler
}): CredentialProvider {
  const chain = fromNodeProviderChain({
    logger: silent,
    ...(inContainer() ? {} : {timeout: METADATA_TIMEOUT_MS}),
    clientConfig: {requestHandler: options.requestHandler},
    ...(options.profile === undefined ? {} : {profile: options.profile}),
  })
  return async () => {
    const section = await requireProfile(options.profile)
    try {
      return (await chain()) as ResolvedCredentials
    } catch (error) {
      throw await translateCredentialError(error, options.profile, section)
    }
  }
}

async function translateCredentialError(
  error: unknown,
  asked: string | undefined,
  section: ProfileSection | undefined,
): Promise<BedrockctlError> {
  const names = error instanceof BedrockctlError ? [] : [...(await readProfiles()).keys()]
  return credentialError(error, {profile: chosenProfile(asked), section, names})
}

/** What was tried when no credentials came. */
export interface CredentialAttempt {
  readonly profile: string | undefined
  readonly section: ProfileSection | undefined
  /** Profiles that could be named instead. */
  readonly names: readonly string[]
}

/** A failure of the provider chain as ours, with the command that gets credentials. */
export function credentialError(error: unknown, attempt: CredentialAttempt): BedrockctlError {
  if (error instanceof BedrockctlError) return error
  const sdk = (error instanceof Error ? error : new Error(String(error))) as SdkError
  const text = textOf(sdk)
  const fail = (code: string, message: string, options: Omit<ErrorOptions, 'fault' | 'cause'>) =>
    new BedrockctlError(code, message, {...options, fault: 'access', cause: sdk})
  const whose = attempt.profile === undefined ? 'the default profile' : `profile ${sanitise(attempt.profile)}`
  const signIn = signInCommand(attempt)

  const network = networkFailure(sdk, hostOf(sdk))
  if (network) {
    return new BedrockctlError('UNREACHABLE', `Credentials of ${whose} could not be fetched: ${network.message}`, {
      fault: 'service',
      why: network.why,
      hint: network.hint,
      cause: sdk,
    })
  }
  if (
    /expired|Token is expired|UnauthorizedException|Session token not found or invalid/i.test(`${sdk.name} ${text}`)
  ) {
    return fail('CREDENTIALS_EXPIRED', `The credentials of ${whose} have expired.`, {
      why: text,
      hint: 'Sign in again.',
      actions: [signIn],
    })
  }
  if (/SSO session|SSO Token|sso login/i.test(text)) {
    return fail('CREDENTIALS_MISSING', `Nobody is signed in for ${whose}.`, {
      why: text,
      hint: 'Sign in.',
      actions: [signIn],
    })
  }
  if (/multi-factor authentication/.test(text)) {
    return fail(
      'CREDENTIALS_MISSING',
      `${capital(whose)} asks for an MFA code, which bedrockctl does not prompt for.`,
      {
        hint: 'Open a session with the AWS CLI and export it.',
        actions: [`eval "$(aws configure export-credentials --format env${profileFlag(attempt.profile)})"`],
      },
    )
  }
  if (/AccessDenied|not authorized/i.test(`${sdk.name} ${text}`)) {
    return fail('ACCESS_DENIED', `The role of ${whose} could not be assumed.`, {
      why: text,
      hint: 'Check its trust policy and the source credentials.',
    })
  }
  if (attempt.section !== undefined && Object.keys(attempt.section).length > 0 && attempt.profile !== undefined) {
    return fail('CREDENTIALS_INVALID', `${capital(whose)} yields no credentials.`, {
      why: text,
      hint: 'Look at its section in the AWS config file.',
      actions: [`aws configure list${profileFlag(attempt.profile)}`],
    })
  }
  return missing(fail, attempt, signIn)
}

function missing(
  fail: (code: string, message: string, options: Omit<ErrorOptions, 'fault' | 'cause'>) => BedrockctlError,
  {names}: CredentialAttempt,
  signIn: string,
): BedrockctlError {
  const others = names.filter((name) => name !== 'default')
  return fail('CREDENTIALS_MISSING', 'No AWS credentials were found.', {
    why: 'Looked in the environment, the AWS config and credentials files, and the container or instance metadata.',
    hint:
      others.length > 0
        ? `Name a profile with --profile (${others.slice(0, 3).map(sanitise).join(', ')}). Without credentials, --offline answers from the bundled catalog and --sandbox from a simulated account.`
        : 'Without credentials, --offline answers from the bundled catalog and --sandbox from a simulated account.',
    actions: others.length > 0 ? [`export AWS_PROFILE=${shellWord(others[0] ?? '')}`, 'aws configure sso'] : [signIn],
  })
}

function signInCommand({profile, section}: CredentialAttempt): string {
  if (section?.['credential_process'] !== undefined) return `aws configure list${profileFlag(profile)}`
  if (section?.['login_session'] !== undefined) return `aws login${profileFlag(profile)}`
  const sso = section?.['sso_session'] !== undefined || section?.['sso_start_url'] !== undefined
  if (sso || section?.['source_profile'] !== undefined) return `aws sso login${profileFlag(profile)}`
  return 'aws configure sso'
}

function profileFlag(profile: string | undefined): string {
  return profile === undefined ? '' : ` --profile ${shellWord(profile)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
