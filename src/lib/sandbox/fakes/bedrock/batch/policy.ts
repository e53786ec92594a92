import {isTree} from '../../../../core/is-tree.js'
import type {IamState, PolicyDocument, Role} from '../../../world/iam-state.js'

/** What somebody wants to do, and what is known of the circumstances. */
export interface Attempt {
  readonly action: string
  /** ARN. */
  readonly resource: string
  /** Condition keys in lower case. */
  readonly context: Readonly<Record<string, string>>
}

type Statement = Readonly<Record<string, unknown>>
type Verdict = 'allowed' | 'denied' | 'silent'

/**
 * Whether a role's policies, its boundary and the organisation let it. Of conditions the sandbox knows equality and
 * likeness; what it cannot judge counts as met by an Allow and as not met by a Deny, so that it invents no denial.
 */
export function roleMay(role: Role, {controls, policies}: IamState, attempt: Attempt): boolean {
  const inForce = (named: (name: string) => boolean) =>
    [...policies.values()].filter(({name}) => named(name)).map(({versions}) => versions[0]?.document ?? {})
  const allows = (documents: readonly PolicyDocument[]) => judge(documents, attempt) === 'allowed'
  const {boundary} = role
  return (
    allows([...Object.values(role.inline), ...inForce((name) => role.attached.includes(name))]) &&
    (boundary === undefined || allows(inForce((name) => name === boundary))) &&
    controls.service.every(allows) &&
    !(isUnderResourceControls(attempt, role) && judge(controls.resource, attempt, role.arn) === 'denied')
  )
}

/** Of the resources that a job touches, objects and keys of the account itself. */
function isUnderResourceControls({action, context, resource}: Attempt, {arn}: Role): boolean {
  const {'aws:resourceaccount': owner = resource.split(':')[4]} = context
  return /^(?:s3|kms):/.test(action) && owner === arn.split(':')[4]
}

/** What documents say together: a Deny beats every Allow. `principal` narrows statements that name some. */
export function judge(documents: readonly PolicyDocument[], attempt: Attempt, principal?: string): Verdict {
  let verdict: Verdict = 'silent'
  for (const statement of documents.flatMap(statementsOf)) {
    if (principal !== undefined && !names(statement['Principal'], principal)) continue
    if (!applies(statement, attempt)) continue
    if (statement['Effect'] === 'Deny') return 'denied'
    verdict = 'allowed'
  }
  return verdict
}

/** Whether a trust policy lets Bedrock take a role for this job. */
export function trustsBedrock(trust: PolicyDocument, context: Attempt['context']): boolean {
  const effects = statementsOf(trust)
    .filter(
      ({Action, Principal, Condition, Effect}) =>
        matches(Action, 'sts:AssumeRole', false) &&
        (isBedrock(Principal) || (Effect === 'Deny' && Principal === '*')) &&
        holds(Condition, context, Effect === 'Allow'),
    )
    .map(({Effect}) => Effect)
  return effects.includes('Allow') && !effects.includes('Deny')
}

const isBedrock = (principal: unknown): boolean =>
  isTree(principal) && texts(principal['Service']).includes('bedrock.amazonaws.com')

function statementsOf({Statement: listed}: PolicyDocument): readonly Statement[] {
  return [listed].flat().filter((one): one is Statement => isTree(one))
}

function applies(statement: Statement, {action, resource, context}: Attempt): boolean {
  const {Effect, Action, NotAction, Resource, NotResource, Condition} = statement
  const acts = NotAction === undefined ? matches(Action, action, false) : !matches(NotAction, action, false)
  const reaches = NotResource === undefined ? matches(Resource, resource) : !matches(NotResource, resource)
  return acts && reaches && holds(Condition, context, Effect === 'Allow')
}

/** `principal`: ARN of a role; a policy may name it, its account or everybody. */
function names(listed: unknown, principal: string): boolean {
  const wanted = isTree(listed) ? texts(listed['AWS']) : texts(listed)
  const account = principal.split(':')[4] ?? ''
  return wanted.some((one) => one === '*' || one === principal || one === account || one.endsWith(`:${account}:root`))
}

function holds(condition: unknown, context: Attempt['context'], unknown: boolean): boolean {
  if (!isTree(condition)) return true
  return Object.entries(condition).every(
    ([operator, keys]) =>
      isTree(keys) &&
      Object.entries(keys).every(([key, wanted]) => met(operator, context[key.toLowerCase()], wanted, unknown)),
  )
}

function met(operator: string, found: string | undefined, wanted: unknown, unknown: boolean): boolean {
  if (found === undefined) return unknown
  switch (operator.replace(/IfExists$/, '')) {
    case 'StringEquals':
      return texts(wanted).includes(found)
    case 'StringNotEquals':
      return !texts(wanted).includes(found)
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return matches(wanted, found)
    case 'StringNotLike':
    case 'ArnNotLike':
    case 'ArnNotEquals':
      return !matches(wanted, found)
    default:
      return unknown
  }
}

const texts = (listed: unknown): readonly string[] => [listed].flat().filter((one) => typeof one === 'string')

/** `*` and `?` in what a policy lists stand for any characters, and for one. */
function matches(listed: unknown, text: string, caseSensitive = true): boolean {
  return texts(listed).some((pattern) => {
    const source = pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    return new RegExp(`^${source}$`, caseSensitive ? 's' : 'is').test(text)
  })
}
