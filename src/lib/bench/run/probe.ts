import {BedrockctlError, type Fault} from '../../core/errors.js'
import type {CellFailure} from '../load/load.js'
import type {Target} from '../target/target.js'
import type {ErrorClass} from '../wire/answer.js'
import type {LanePlan} from '../wire/lane.js'
import type {SideAnswers} from './one-request.js'

/** What a target answered when it was asked once. */
export interface Probe {
  readonly e2eMs: number
  /** Whether the server counts tokens. */
  readonly usage: boolean
}

/** Why a target cannot be measured. */
export interface ProbeFailure {
  readonly fault: Fault
  readonly said: string
  readonly why: string
  /** What to ask for in its place; of this target alone. */
  readonly instead: string | undefined
  readonly hint: string
}

export interface ProbedTarget {
  readonly name: string
  readonly target: Target
  readonly lane: LanePlan
  /** What else there is, where the model was not known. */
  readonly others: string | undefined
}

/** Reads one answer: how long it took, or why there was none. */
export function readProbe(probed: ProbedTarget, {end, rows}: SideAnswers): Probe | ProbeFailure {
  const [failure] = end.failures
  if (failure !== undefined) return describeFailure(probed, failure)
  const [row] = rows
  const [sent, last, ended, input, output] = [row?.sent[0], row?.last[0], row?.end[0], row?.input[0], row?.output[0]]
  if (sent === undefined || ended === undefined) {
    return describeFailure(probed, {error: 'unavailable', status: 0, detail: end.why ?? 'nothing came back', count: 1})
  }
  const until = last === undefined || Number.isNaN(last) ? ended : last
  return {e2eMs: Math.max(0.1, until - sent), usage: (input ?? -1) > 0 || (output ?? -1) > 0}
}

/** All targets that failed, as one error; the worst of the faults decides the exit code. */
export function probeError(failures: readonly (ProbeFailure & {readonly name: string})[]): BedrockctlError {
  const [first] = failures
  const fault = (['access', 'usage', 'timedOut', 'service'] as const).find((kind) =>
    failures.some((one) => one.fault === kind),
  )
  const isOne = failures.length === 1
  const hints = [...new Set(failures.map(({hint}) => hint))]
  const words = (...parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ')
  return new BedrockctlError(
    'TARGET_UNUSABLE',
    isOne && first ? first.said : `${failures.length} targets cannot be measured.`,
    {
      fault: fault ?? 'service',
      why: failures.map(({instead, said, why}) => (isOne ? why : words(said, why, instead))).join('\n'),
      hint: words(isOne ? first?.instead : undefined, ...hints),
    },
  )
}

/** What is told of a class of failures; `{url}` and `{name}` are those of the target. */
interface Words {
  readonly fault: Fault
  readonly said: string
  readonly hint: string
}

const BUSY: Words = {
  fault: 'service',
  said: '{name} cannot answer now.',
  hint: 'Try again later; under a load that it cannot bear it would fail as well.',
}

const LATE: Words = {
  fault: 'service',
  said: '{name} did not answer in time.',
  hint: 'Look at the server; --connect-timeout, --ttft-timeout, --idle-timeout and --request-timeout wait longer.',
}

const WORDS: Readonly<Record<Exclude<ErrorClass, 'none'>, Words>> = {
  throttled: {
    ...BUSY,
    said: '{name} throttles even a single request.',
    hint: 'Wait until its quota is filled up again, or look at it: bedrockctl account quotas.',
  },
  quota: {
    ...BUSY,
    said: 'A quota of {name} is used up.',
    hint: 'bedrockctl account quotas shows the quotas of the account.',
  },
  model_not_ready: {
    fault: 'timedOut',
    said: 'The model of {name} is not ready.',
    hint: 'Wait until it is loaded and try again.',
  },
  model_timeout: LATE,
  model_stream_error: {...BUSY, said: '{name} broke off its answer.'},
  unavailable: BUSY,
  validation: {
    fault: 'usage',
    said: '{name} refuses the request.',
    hint: 'Correct the model or the address in --target.',
  },
  auth: {fault: 'access', said: '{name} denies access.', hint: 'Correct the credentials.'},
  connect: {
    fault: 'service',
    said: 'Nothing answers at {url}.',
    hint: 'Look whether the server runs there, and whether the address and the proxy are right.',
  },
  tls: {
    fault: 'service',
    said: 'The certificate of {url} is not trusted.',
    hint: 'Trust its authority with --ca-file FILE, or take any certificate with --insecure.',
  },
  reset_midstream: {...BUSY, said: '{name} broke off the connection.'},
  idle_timeout: LATE,
  ttft_timeout: LATE,
  parse_error: {
    fault: 'usage',
    said: '{name} does not stream as it should.',
    hint: 'Correct the address in --target: for OpenAI’s it ends with /v1; a proxy or a page may answer in place of the server.',
  },
  truncated: {...BUSY, said: '{name} ended its answer too early.'},
}

/** Failures of TLS that no trust in an authority would mend, by the code that begins their detail. */
const TLS_WORDS: readonly {readonly code: RegExp; readonly said: string; readonly hint: string}[] = [
  {
    code: /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)/,
    said: 'The certificate of {url} is for another name.',
    hint: 'Name in --target the host that the certificate is for, or take any certificate with --insecure.',
  },
  {
    code: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)/,
    said: 'The certificate of {url} is not valid now.',
    hint: 'Look at its dates and at the clock here, or take any certificate with --insecure.',
  },
  {
    code: /^(?:EPROTO|ERR_SSL_)/,
    said: 'No TLS connection to {url} could be made.',
    hint: 'Write http:// in --target where the server speaks no TLS there.',
  },
]

function wordsOf(error: CellFailure['error'], detail: string): Words {
  const words = WORDS[error === 'none' ? 'unavailable' : error]
  return {...words, ...(error === 'tls' ? TLS_WORDS.find(({code}) => code.test(detail)) : undefined)}
}

function describeFailure(
  {lane, name, others, target}: ProbedTarget,
  {detail, error, status}: CellFailure,
): ProbeFailure {
  const words = wordsOf(error, detail)
  const {host, port, tls} = lane.origin
  const url = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}${lane.path}`
  const said = words.said.replace('{name}', name).replace('{url}', url)
  const isAuth = error === 'auth'
  return {
    fault: words.fault,
    said,
    why: `${error}${status > 0 ? `, status ${status}` : ''}: ${detail}`,
    instead: error === 'validation' ? others : undefined,
    hint: isAuth ? authHint(target) : words.hint,
  }
}

function authHint(target: Target): string {
  return target.kind === 'openai' || target.kind === 'ollama'
    ? 'Set OPENAI_API_KEY, or name the variable that has the key with --api-key-env.'
    : 'bedrockctl doctor looks at the credentials; bedrockctl iam generate writes the policy that is needed.'
}
