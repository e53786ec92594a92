import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {findAction, findService} from '../../iam/action-facts.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {AccessClass} from './access-class.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome, Question} from './effective-access.js'

/** Whether something can be done to anything at all, and a question that shows it. */
export interface Somewhere {
  readonly outcome: Outcome
  /** Undefined when no own policy allows the action. */
  readonly question: Question | undefined
}

export interface SomewhereOptions {
  readonly values?: ContextValues
  /** Only resources that do not exist yet: what a policy names in full is left out. */
  readonly newOnly?: boolean
}

const NOWHERE: Somewhere = {outcome: 'DENY', question: undefined}
/** What other services call the resources of an action, by its name. */
const RESOURCES: readonly (readonly [RegExp, string])[] = [
  [/^iam:(PassRole|.*Role.*)$/, `arn:PARTITION:iam::ACCOUNT:role/${UNNAMED}`],
  [/^iam:(.*Group.*)$/, `arn:PARTITION:iam::ACCOUNT:group/${UNNAMED}`],
  [/^iam:(.*User.*|.*AccessKey|.*LoginProfile|.*Credential)$/, `arn:PARTITION:iam::ACCOUNT:user/${UNNAMED}`],
  [/^iam:.*Policy.*$/, `arn:PARTITION:iam::ACCOUNT:policy/${UNNAMED}`],
  [/^sts:/, `arn:PARTITION:iam::ACCOUNT:role/${UNNAMED}`],
  [/^cloudtrail:/, `arn:PARTITION:cloudtrail:REGION:ACCOUNT:trail/${UNNAMED}`],
  [/^logs:/, `arn:PARTITION:logs:REGION:ACCOUNT:log-group:${UNNAMED}:*`],
  [/^kms:/, `arn:PARTITION:kms:REGION:ACCOUNT:key/${UNNAMED}`],
  [/^s3:.*Object/, `arn:PARTITION:s3:::${UNNAMED}/${UNNAMED}`],
  [/^s3:/, `arn:PARTITION:s3:::${UNNAMED}`],
  [/^lambda:/, `arn:PARTITION:lambda:REGION:ACCOUNT:function:${UNNAMED}`],
]

const memo = new WeakMap<EffectiveAccess, Map<string, Map<AccessClass, Somewhere>>>()

/**
 * Asks about a resource nobody named, in each Region of the account, and about what the patterns of the policies reach:
 * a permission on `guardrail/team-*` is a permission to do it somewhere.
 */
export function decideSomewhere(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  action: string,
  options: SomewhereOptions = {},
): Somewhere {
  if (!access.holds(principal, action)) return NOWHERE
  const found = access.classOf(principal, action.toLowerCase())
  const kept = memo.get(access) ?? new Map<string, Map<AccessClass, Somewhere>>()
  memo.set(access, kept)
  const {values, newOnly} = options
  const key = values === undefined && newOnly === undefined ? action : JSON.stringify([action, options])
  const ofKey = kept.get(key) ?? new Map<AccessClass, Somewhere>()
  kept.set(key, ofKey)
  const known = ofKey.get(found)
  if (known !== undefined) return known
  const answer = tryAll(questionsFor(context, access, found, action, options), access, found.lead)
  ofKey.set(found, answer)
  return answer
}

function tryAll(questions: Iterable<Question>, access: EffectiveAccess, lead: AccountPrincipal): Somewhere {
  let unknown: Question | undefined
  for (const question of questions) {
    const outcome = access.decide(lead, question)
    if (outcome === 'ALLOW') return {outcome, question}
    if (outcome === 'UNKNOWN') unknown ??= question
  }
  return unknown === undefined ? NOWHERE : {outcome: 'UNKNOWN', question: unknown}
}

function* questionsFor(
  context: AuditContext,
  access: EffectiveAccess,
  {own}: AccessClass,
  action: string,
  {values, newOnly = false}: SomewhereOptions,
): Iterable<Question> {
  const more = values === undefined ? {} : {values}
  for (const region of regionsOfAccount(context)) {
    // IAM answers in one Region only, whichever the caller is in.
    const called = action.startsWith('iam:') ? 'us-east-1' : region
    const resource = unnamedResource(context, action, region)
    yield access.ask({action, resource, region: called, unnamed: true, ...more})
    if (resource === '*') continue
    for (const source of reachedBy(own, newOnly)) {
      const where = source.split(':')[3] ?? ''
      if (where !== '' && where !== region && !/[*?]/.test(where)) continue
      yield access.ask({action, resource: filled(source, region, context), region: called, unnamed: true, ...more})
    }
  }
}

/** Resources that Allow statements name. */
function reachedBy(statements: readonly CompiledStatement[], newOnly: boolean): readonly string[] {
  const sources = statements.flatMap(({effect, notResources, resources = []}) =>
    effect === 'Allow' && !notResources ? resources.flatMap(({all, source}) => (all ? [] : [source])) : [],
  )
  return [...new Set(sources)].filter((source) => !newOnly || /[*?]/.test(source))
}

/** A resource the pattern matches; variables stay as they are, and match nobody. */
function filled(source: string, region: string, {snapshot, policies}: AuditContext): string {
  const [scheme = '', partition = '', service = '', where = '', account = '', ...rest] = source.split(':')
  if (rest.length === 0) return source.replace(/\*/g, UNNAMED)
  const fill = (text: string, value: string) => (/[*?]/.test(text) ? value : text)
  return [
    scheme,
    fill(partition, snapshot.partition),
    service,
    fill(where, region),
    fill(account, policies.account),
    rest.join(':').replace(/\*/g, UNNAMED).replace(/\?/g, 'z'),
  ].join(':')
}

/** An ARN of the kind of resource that the action is about; `*` when it knows none. */
export function unnamedResource({iam, snapshot, policies}: AuditContext, action: string, region: string): string {
  const [prefix = ''] = action.split(':')
  const service = findService(iam, prefix)
  const types = findAction(iam, action)?.resources ?? []
  const template = service?.resourceTypes.find(({name, arn}) => types.includes(name) && !arn.includes(':aws:'))?.arn
  if (template !== undefined) {
    const values: Readonly<Record<string, string>> = {
      Partition: snapshot.partition,
      Region: region,
      Account: policies.account,
    }
    return template.replace(/\$\{([^}]*)\}/g, (_, name: string) => values[name] ?? UNNAMED)
  }
  const known = RESOURCES.find(([pattern]) => pattern.test(action))?.[1]
  if (known === undefined) return '*'
  return known.replace('PARTITION', snapshot.partition).replace('REGION', region).replace('ACCOUNT', policies.account)
}
