import {usageError} from '../core/errors.js'
import type {SandboxEnvironmentResult} from './sandbox-environment.schema.js'

/** Variables that would win over the sandbox's keys and endpoint, and send calls of the shell to its real account. */
const RIVALS = [
  'AWS_PROFILE',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  ...['BEDROCK', 'BEDROCK_RUNTIME', 'BEDROCK_AGENT', 'STS', 'ACCOUNT', 'EC2', 'PRICING', 'SERVICE_QUOTAS'].map(
    (service) => `AWS_ENDPOINT_URL_${service}`,
  ),
]

/** Splits what to set from what to unset: a profile or an API key left in the shell would beat the sandbox's keys. */
export function describeEnvironment(
  url: string,
  variables: Readonly<Record<string, string>>,
): SandboxEnvironmentResult {
  const {AWS_REGION: region = ''} = variables
  const set = Object.entries(variables).filter(([, value]) => value !== '')
  const emptied = Object.keys(variables).filter((name) => variables[name] === '')
  return {
    schemaVersion: 1,
    simulated: true,
    unread: [],
    url,
    region,
    environment: Object.fromEntries(set),
    unset: [...emptied, ...RIVALS.filter((name) => (variables[name] ?? '') === '')],
  }
}

/** The one Region of `--region`, which elsewhere may be several or `all`; `undefined` when nothing was said. */
export function oneRegion(regions: readonly string[]): string | undefined {
  const [region, ...more] = regions
  if (more.length > 0 || region === 'all') {
    throw usageError('ONE_REGION', 'A shell has one Region at a time.', {
      hint: 'Give one --region; every Region of the sandbox answers whatever the shell says.',
    })
  }
  return region
}
