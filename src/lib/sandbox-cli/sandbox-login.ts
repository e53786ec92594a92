import {BedrockctlError, usageError} from '../core/errors.js'

/** Who a sandbox signs its callers in as. */
export interface SandboxLogin {
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly bearerToken: string
}

/** Asks a running sandbox for its keys. */
export async function readLogin(url: string, signal: AbortSignal): Promise<SandboxLogin> {
  const response = await fetch(new URL('/_sandbox/login', url), {signal}).catch((error: unknown) => {
    if (signal.aborted) throw error
    throw absent(url, error)
  })
  const body = response.ok ? ((await response.json().catch(() => ({}))) as Partial<SandboxLogin>) : {}
  const {region, accessKeyId, secretAccessKey, bearerToken} = body
  if (!region || !accessKeyId || !secretAccessKey || !bearerToken) throw absent(url, undefined)
  return {region, accessKeyId, secretAccessKey, bearerToken}
}

/** The address of a sandbox without a path; an unusable one is refused. */
export function sandboxUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw usageError('INVALID_URL', `--url ${text} is not an HTTP URL.`, {hint: 'Write it as http://127.0.0.1:4599'})
  }
  return new URL(text).origin
}

function absent(url: string, cause: unknown): BedrockctlError {
  return new BedrockctlError('SANDBOX_NOT_RUNNING', `No sandbox answers at ${url}.`, {
    fault: 'service',
    hint: 'Start one in another terminal, or name its address with --url.',
    actions: ['bedrockctl sandbox start'],
    cause,
  })
}
