import {BedrockRuntimeClient, ListAsyncInvokesCommand} from '@aws-sdk/client-bedrock-runtime'
import type {AwsCredentialIdentity} from '@smithy/types'
import type {BenchDoor} from '../bench/run/ports.js'
import type {ClientConfig} from './wire.js'

type Base = Omit<ClientConfig, 'region'>

/** What follows the endpoint's own path in the address of the call that is stopped. */
const OPERATION = /\/async-invoke\/?$/

/** Endpoints and credentials for requests that are built elsewhere; `bearer`: the API key that stands in for signatures. */
export function createBenchDoor(base: Base, bearer: string | undefined): BenchDoor {
  return {
    endpoint: (service, region) =>
      service === 'bedrock-mantle' ? Promise.resolve(mantleUrl(base, region)) : runtimeUrl(base, region),
    bearer,
    async keys() {
      const {credentials} = base
      const keys: AwsCredentialIdentity = typeof credentials === 'function' ? await credentials() : credentials
      return {
        accessKeyId: keys.accessKeyId,
        secretAccessKey: keys.secretAccessKey,
        sessionToken: keys.sessionToken,
        expiresAtMs: keys.expiration?.getTime(),
      }
    },
  }
}

/** The address that the SDK would call, after endpoint variables, profile, FIPS and dual stack, with its path. */
async function runtimeUrl(base: Base, region: string): Promise<string> {
  const nobody = {accessKeyId: 'none', secretAccessKey: 'none'}
  const client = new BedrockRuntimeClient({...base, credentials: nobody, region})
  let url: string | undefined
  client.middlewareStack.add(
    () => (args) => {
      const {hostname, path, port, protocol} = args.request as Readonly<Record<string, string | undefined>>
      url = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${(path ?? '').replace(OPERATION, '')}`
      return Promise.reject(new Error('stopped before it was sent'))
    },
    {step: 'build', name: 'bedrockctlAddress'},
  )
  try {
    await client.send(new ListAsyncInvokesCommand({}))
  } catch (error) {
    if (url === undefined) throw error
  }
  if (url === undefined) throw new Error('the call was sent instead of stopped')
  return url
}

/** No SDK client knows this host; an endpoint for everything holds for it too. */
function mantleUrl({endpoint}: Base, region: string): string {
  return (
    endpoint ??
    process.env['AWS_ENDPOINT_URL_BEDROCK_MANTLE'] ??
    process.env['AWS_ENDPOINT_URL'] ??
    `https://bedrock-mantle.${region}.api.aws`
  )
}
