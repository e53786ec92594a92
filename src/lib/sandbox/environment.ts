import type {World} from './world.js'

export interface SandboxEnvironmentOptions {
  /** Where the scenario starts, when absent. */
  readonly region?: string | undefined
  /** A Bedrock API key instead of access keys; the endpoint then names the Region. */
  readonly bearer?: boolean | undefined
}

/** Environment variables that point any AWS client at the sandbox of this URL; an empty one is to be unset. */
export function sandboxEnvironment(
  url: string,
  login: World['login'],
  {region = login.region, bearer = false}: SandboxEnvironmentOptions = {},
): Record<string, string> {
  const common = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: login.accessKeyId,
    AWS_SECRET_ACCESS_KEY: login.secretAccessKey,
    // A token left over in the shell would not belong to this key.
    AWS_SESSION_TOKEN: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
  if (!bearer) return common
  // An API key carries no Region: the path does.
  const endpoint = `${url}/_region/${region}`
  const services = ['BEDROCK', 'BEDROCK_RUNTIME', 'BEDROCK_AGENT', 'BEDROCK_MANTLE']
  return {
    ...common,
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
    AWS_BEARER_TOKEN_BEDROCK: login.bearerToken,
  }
}
