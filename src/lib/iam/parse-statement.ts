import {parseConditions} from './parse-condition.js'
import {parsePrincipals} from './parse-principal.js'
import type {PolicyKind, PolicyStatement} from './policy-document.js'
import {isRecord, memberOf, type ProblemList, step, textsOf} from './problem-list.js'
import {arnFields} from './resource-pattern.js'

export interface StatementPlace {
  readonly kind: PolicyKind
  readonly path: string
  readonly problems: ProblemList
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]
/** Kinds whose Sid IAM itself checks. */
const IAM_KINDS: readonly PolicyKind[] = ['identity', 'boundary', 'session', 'trust']

/** Undefined when the statement is too broken to stand for anything; then there is an error among the problems. */
export function parseStatement(value: unknown, place: StatementPlace): PolicyStatement | undefined {
  const {kind, path, problems} = place
  if (!isRecord(value)) {
    problems.error(path, 'NOT_OBJECT', 'a statement is a JSON object')
    return undefined
  }
  for (const name of Object.keys(value)) {
    if (!ELEMENTS.includes(name))
      problems.error(`${path}${step(name)}`, 'UNKNOWN_ELEMENT', 'a statement has no such element')
  }
  const sid = parseSid(memberOf(value, 'Sid'), place)
  const effect = parseEffect(memberOf(value, 'Effect'), place)
  const principals = parsePrincipals(value, place)
  const actions = parsePair(value, 'Action', place, checkAction)
  const resources =
    kind === 'trust' ? withoutResource(value, place) : parsePair(value, 'Resource', place, checkResource)
  const conditions = parseConditions(memberOf(value, 'Condition'), `${path}.Condition`, problems)
  if (kind === 'rcp') checkRcp(value, effect, place)
  if (effect === undefined || actions === undefined || resources === undefined) return undefined
  return {
    sid,
    effect,
    principals,
    notActions: actions.not,
    actions: actions.texts,
    notResources: resources.not,
    resources: kind === 'trust' ? undefined : resources.texts,
    conditions,
  }
}

function parseSid(value: unknown, {kind, path, problems}: StatementPlace): string | undefined {
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') {
    problems.error(`${path}.Sid`, 'NOT_TEXT', 'must be a text')
    return undefined
  }
  if (IAM_KINDS.includes(kind) && !/^[A-Za-z0-9]+$/.test(value)) {
    problems.error(`${path}.Sid`, 'BAD_SID', 'IAM takes letters and digits only')
  }
  return value
}

function parseEffect(value: unknown, {path, problems}: StatementPlace): PolicyStatement['effect'] | undefined {
  if (value === 'Allow' || value === 'Deny') return value
  problems.error(`${path}.Effect`, 'BAD_EFFECT', 'must be Allow or Deny, in this spelling')
  return undefined
}

interface Pair {
  readonly not: boolean
  readonly texts: readonly string[]
}

/** The element or its `Not…` twin: exactly one of them. */
function parsePair(
  statement: Readonly<Record<string, unknown>>,
  name: 'Action' | 'Resource',
  {path, problems}: StatementPlace,
  check: (text: string, path: string, problems: ProblemList) => void,
): Pair | undefined {
  const plain = memberOf(statement, name)
  const negated = memberOf(statement, `Not${name}`)
  if (plain !== undefined && negated !== undefined) {
    problems.error(path, 'BOTH_ELEMENTS', `takes ${name} or Not${name}, not both`)
    return undefined
  }
  if (plain === undefined && negated === undefined) {
    problems.error(path, 'MISSING_ELEMENT', `needs ${name} or Not${name}`)
    return undefined
  }
  const not = negated !== undefined
  const at = `${path}.${not ? 'Not' : ''}${name}`
  const value = plain ?? negated
  const texts = textsOf(value, at, problems)
  texts?.forEach((text, index) => {
    check(text, Array.isArray(value) ? `${at}[${index}]` : at, problems)
  })
  return texts && {not, texts}
}

function withoutResource(statement: Readonly<Record<string, unknown>>, {path, problems}: StatementPlace): Pair {
  for (const name of ['Resource', 'NotResource']) {
    if (Object.hasOwn(statement, name)) {
      problems.error(`${path}.${name}`, 'NOT_ALLOWED_HERE', 'a trust policy has no resource: it is the role')
    }
  }
  return {not: false, texts: []}
}

function checkAction(text: string, path: string, problems: ProblemList): void {
  if (text === '*') return
  if (!/^[^:\s]+:[^:\s]+$/.test(text)) {
    problems.error(path, 'BAD_ACTION', `${JSON.stringify(text)} is no action: write service:Action, or *`)
  } else if (!/^[A-Za-z0-9-]+:/.test(text) && text !== '*:*') {
    problems.warning(path, 'WILD_SERVICE', 'names no single service; AWS may refuse it')
  }
}

function checkResource(text: string, path: string, problems: ProblemList): void {
  if (text === '*') return
  const fields = arnFields(text)
  const [scheme, , service = ''] = fields
  if (scheme !== 'arn' || fields.length < 3 || (fields.length < 6 && !text.endsWith('*'))) {
    problems.error(path, 'BAD_ARN', `${JSON.stringify(text)} is neither * nor an ARN of six fields`)
  } else if (/[*?$]/.test(service) || service === '') {
    problems.error(path, 'BAD_ARN', 'the service of an ARN takes no wildcard')
  } else if (fields.length < 6) {
    problems.warning(path, 'SHORT_ARN', 'has fewer than six fields; its last * stands for the rest')
  } else if (fields.slice(0, 5).some((field) => field.includes('${'))) {
    problems.warning(path, 'VARIABLE_TOO_EARLY', 'AWS resolves variables only after the fifth colon of a resource')
  }
}

/** Only RCPFullAWSAccess may allow; the others deny, to everyone, what they name. */
function checkRcp(
  statement: Readonly<Record<string, unknown>>,
  effect: PolicyStatement['effect'] | undefined,
  {path, problems}: StatementPlace,
): void {
  if (Object.hasOwn(statement, 'NotAction')) {
    problems.error(`${path}.NotAction`, 'NOT_ALLOWED_HERE', 'a resource control policy takes Action only')
  }
  const isFullAccess = ['Action', 'Resource', 'Principal'].every((name) => memberOf(statement, name) === '*')
  const isPlain = isFullAccess && !Object.hasOwn(statement, 'Condition')
  if (effect === 'Allow' && !isPlain) {
    problems.error(`${path}.Effect`, 'NOT_ALLOWED_HERE', 'in resource control policies only RCPFullAWSAccess may allow')
  }
}
