import {parseStatement} from './parse-statement.js'
import type {PolicyDocument, PolicyKind, PolicyProblem, PolicyStatement} from './policy-document.js'
import {isRecord, memberOf, ProblemList, step} from './problem-list.js'

export interface ParsePolicyOptions {
  readonly kind: PolicyKind
  /** Characters without white space that AWS takes; without it the limit of the kind, where there is one limit. */
  readonly sizeLimit?: number
}

export interface ParsedPolicy {
  /** Undefined when AWS would refuse the document. */
  readonly document: PolicyDocument | undefined
  readonly problems: readonly PolicyProblem[]
}

const ELEMENTS = ['Version', 'Id', 'Statement']
/** Of managed policies for identities; inline policies share a limit a user, group or role, which the caller knows. */
const SIZE_LIMITS: Partial<Record<PolicyKind, number>> = {
  identity: 6144,
  boundary: 6144,
  session: 2048,
  scp: 5120,
  rcp: 5120,
}

/** Reads a policy, given as JSON text or as the object it stands for. Says all that is wrong, and never throws. */
export function parsePolicy(source: unknown, options: ParsePolicyOptions): ParsedPolicy {
  const problems = new ProblemList()
  const root = typeof source === 'string' ? parseJson(source, problems) : source
  const document = problems.hasError ? undefined : parseRoot(root, options, problems)
  if (document !== undefined) checkSize(source, options, problems)
  return {document: problems.hasError ? undefined : document, problems: problems.found}
}

function parseJson(text: string, problems: ProblemList): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    problems.error('$', 'NOT_JSON', `is no JSON: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

function parseRoot(root: unknown, {kind}: ParsePolicyOptions, problems: ProblemList): PolicyDocument | undefined {
  if (!isRecord(root)) {
    problems.error('$', 'NOT_OBJECT', 'a policy is a JSON object')
    return undefined
  }
  for (const name of Object.keys(root)) {
    if (!ELEMENTS.includes(name)) problems.error(`$${step(name)}`, 'UNKNOWN_ELEMENT', 'a policy has no such element')
  }
  const id = memberOf(root, 'Id')
  if (id !== undefined && typeof id !== 'string') problems.error('$.Id', 'NOT_TEXT', 'must be a text')
  const version = parseVersion(memberOf(root, 'Version'), kind, problems)
  const statements = parseStatements(memberOf(root, 'Statement'), kind, problems)
  return version === undefined ? undefined : {version, statements}
}

function parseVersion(
  version: unknown,
  kind: PolicyKind,
  problems: ProblemList,
): PolicyDocument['version'] | undefined {
  if (version === '2012-10-17') return version
  if (kind === 'scp' || kind === 'rcp') {
    problems.error('$.Version', 'BAD_VERSION', 'must be 2012-10-17 in a policy of Organizations')
    return undefined
  }
  if (version === undefined || version === '2008-10-17') return '2008-10-17'
  problems.error('$.Version', 'BAD_VERSION', 'must be 2012-10-17 or 2008-10-17')
  return undefined
}

function parseStatements(value: unknown, kind: PolicyKind, problems: ProblemList): readonly PolicyStatement[] {
  if (value === undefined) problems.error('$.Statement', 'NO_STATEMENT', 'a policy needs a Statement')
  else if (Array.isArray(value) && value.length === 0) {
    problems.error('$.Statement', 'NO_STATEMENT', 'must hold at least one statement')
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  const statements = items.flatMap((item, index) => {
    const path = Array.isArray(value) ? `$.Statement[${index}]` : '$.Statement'
    return parseStatement(item, {kind, path, problems}) ?? []
  })
  reportRepeatedSids(items, kind, problems)
  return statements
}

/** IAM wants each Sid once in a policy; other services do not all look. */
function reportRepeatedSids(items: readonly unknown[], kind: PolicyKind, problems: ProblemList): void {
  const seen = new Set<string>()
  items.forEach((item, index) => {
    const sid = isRecord(item) ? memberOf(item, 'Sid') : undefined
    if (typeof sid !== 'string' || sid === '') return
    if (seen.has(sid)) {
      const path = `$.Statement[${index}].Sid`
      const message = `the Sid ${JSON.stringify(sid)} is used before in this policy`
      if (kind === 'resource' || kind === 'endpoint') problems.warning(path, 'REPEATED_SID', message)
      else problems.error(path, 'REPEATED_SID', message)
    }
    seen.add(sid)
  })
}

/** AWS counts the characters of the text without white space. */
function checkSize(source: unknown, {kind, sizeLimit}: ParsePolicyOptions, problems: ProblemList): void {
  const limit = sizeLimit ?? SIZE_LIMITS[kind]
  if (limit === undefined) return
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  if (text.length <= limit) return
  const size = text.replace(/\s/g, '').length
  if (size > limit) {
    problems.warning('$', 'TOO_LARGE', `has ${size} characters without white space; the limit is ${limit}`)
  }
}
