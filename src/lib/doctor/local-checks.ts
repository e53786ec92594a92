import {daysUntil} from '../core/duration.js'
import {sanitise} from '../core/text.js'
import type {DoctorCheck} from './doctor.schema.js'

/** What can be known without a call. */
export interface LocalFacts {
  /** `process.versions.node`. */
  readonly node: string
  readonly version: string
  /** ISO date. */
  readonly catalogCompiledOn: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** --endpoint-url, which beats the environment; `undefined` when absent. */
  readonly endpointUrl: string | undefined
  /** The embedded sandbox answers: the environment's AWS settings do not matter. */
  readonly sandboxed: boolean
}

const OLDEST_NODE = [20, 19] as const
/** Announced by AWS: SDK releases after January 2027 need Node 22. */
const SDK_LEAVES_NODE_20 = '2027-02-01'
const CATALOG_DAYS = 90

/** Everything that concerns this machine alone. */
export function judgeLocal(facts: LocalFacts, now: Date): readonly DoctorCheck[] {
  const version: DoctorCheck = {id: 'version', title: 'bedrockctl', status: 'ok', detail: facts.version, hint: null}
  return [
    judgeNode(facts.node, now),
    version,
    judgeCatalog(facts.catalogCompiledOn, now),
    ...(facts.sandboxed ? [] : judgeEnvironment(facts)),
  ]
}

function judgeEnvironment(facts: LocalFacts): readonly DoctorCheck[] {
  return [
    judgeBearer(facts.env),
    judgeEndpointVariables(facts),
    judgeProxy(facts.env),
    judgeRetry(facts.env),
    judgeDoubleCredentials(facts.env),
  ].filter((check) => check !== undefined)
}

function judgeNode(version: string, now: Date): DoctorCheck {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const check = {id: 'node', title: 'Node', detail: version}
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    return {...check, status: 'fail', hint: `Install Node ${OLDEST_NODE.join('.')} or newer.`}
  }
  if (major >= 22) return {...check, status: 'ok', hint: null}
  const left = daysUntil(SDK_LEAVES_NODE_20, now)
  if (left > 0)
    return {...check, status: 'ok', detail: `${version}; the AWS SDK supports it until January 2027`, hint: null}
  return {
    ...check,
    status: 'warn',
    detail: `${version}, which new releases of the AWS SDK no longer support`,
    hint: 'Move to Node 22 or newer.',
  }
}

function judgeCatalog(compiledOn: string, now: Date): DoctorCheck {
  const age = -daysUntil(compiledOn, now)
  const check = {
    id: 'catalog',
    title: 'bundled catalog',
    detail: `compiled on ${compiledOn}, ${Math.max(0, age)} days ago`,
  }
  return age > CATALOG_DAYS
    ? {...check, status: 'warn', hint: 'Refresh it: bedrockctl catalog refresh'}
    : {...check, status: 'ok', hint: null}
}

function judgeBearer(env: LocalFacts['env']): DoctorCheck | undefined {
  if (!env['AWS_BEARER_TOKEN_BEDROCK']) return undefined
  return {
    id: 'bearer-token',
    title: 'Bedrock API key',
    status: 'warn',
    detail:
      'AWS_BEARER_TOKEN_BEDROCK is set: calls to bedrock and bedrock-runtime use it instead of the credentials below',
    hint: 'If that is not meant: unset AWS_BEARER_TOKEN_BEDROCK',
  }
}

function judgeEndpointVariables({env, endpointUrl}: LocalFacts): DoctorCheck {
  const ignored = /^true$/i.test(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? '')
  const set = Object.entries(env).filter(([name, value]) => name.startsWith('AWS_ENDPOINT_URL') && value)
  const check = {id: 'endpoint-variables', title: 'endpoint override'}
  if (endpointUrl !== undefined) {
    return {...check, status: 'ok', detail: `every call goes to ${withoutPassword(endpointUrl)}`, hint: null}
  }
  if (set.length === 0) return {...check, status: 'ok', detail: 'none', hint: null}
  const names = set.map(([name, value = '']) => `${name}=${withoutPassword(value)}`).join(', ')
  if (ignored)
    return {...check, status: 'ok', detail: `${names}, ignored by AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, hint: null}
  return {
    ...check,
    status: 'warn',
    detail: names,
    hint: 'Calls go there, not to AWS; unset the variables if that is not meant.',
  }
}

function judgeProxy(env: LocalFacts['env']): DoctorCheck {
  const named = (names: readonly string[]) => names.filter((name) => env[name])
  const used = named(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])
  const check = {id: 'proxy', title: 'proxy'}
  const say = (names: readonly string[]) =>
    names.map((name) => `${name}=${withoutPassword(env[name] ?? '')}`).join(', ')
  if (used.length > 0) {
    const around = named(['no_proxy', 'NO_PROXY']).map((name) => `, but not for ${sanitise(env[name] ?? '')}`)
    return {...check, status: 'ok', detail: `https goes through ${say(used)}${around.join('')}`, hint: null}
  }
  const unused = named(['http_proxy', 'HTTP_PROXY'])
  if (unused.length === 0) return {...check, status: 'ok', detail: 'none', hint: null}
  return {
    ...check,
    status: 'warn',
    detail: `${say(unused)} is for http alone, and AWS is called by https`,
    hint: 'Name the proxy in HTTPS_PROXY too where only it leads out.',
  }
}

function judgeRetry(env: LocalFacts['env']): DoctorCheck {
  const mode = env['AWS_RETRY_MODE']
  const attempts = env['AWS_MAX_ATTEMPTS']
  const check = {id: 'retry', title: 'retries'}
  const wrong =
    (mode !== undefined && !/^(legacy|standard|adaptive)$/i.test(mode)) ||
    (attempts !== undefined && !/^[1-9]\d*$/.test(attempts))
  const detail = sanitise(
    `mode ${mode ?? 'as the profile says, or standard'}, attempts ${attempts ?? 'as the profile says, or 3'}`,
  )
  return wrong
    ? {
        ...check,
        status: 'fail',
        detail,
        hint: 'AWS_RETRY_MODE is standard or adaptive, AWS_MAX_ATTEMPTS a number from 1.',
      }
    : {...check, status: 'ok', detail, hint: null}
}

function judgeDoubleCredentials(env: LocalFacts['env']): DoctorCheck | undefined {
  if (!(env['AWS_PROFILE'] && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY'])) return undefined
  return {
    id: 'credential-sources',
    title: 'credential sources',
    status: 'warn',
    detail: 'AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: bedrockctl takes the profile, the AWS CLI takes the key',
    hint: 'Unset one of them.',
  }
}

/** A URL without user and password, safe for a terminal. */
function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return sanitise(url).replace(/\/\/[^@/]*@/, '//…@')
  const parsed = new URL(url)
  if (parsed.username === '' && parsed.password === '') return sanitise(url)
  parsed.username = '…'
  parsed.password = ''
  return sanitise(decodeURIComponent(parsed.href))
}
