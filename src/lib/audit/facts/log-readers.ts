import type {ReadItem} from '../../account/snapshot.schema.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {findKey, kindOfKey} from './customer-key.js'
import {type EffectiveAccess, effectiveAccess, type Outcome, type Question} from './effective-access.js'
import type {LogBucket, PromptLogGroup} from './log-destinations.js'
import {type LogOutsiders, logOutsiders} from './log-outsiders.js'
import {ownPoliciesMay} from './own-policies.js'

/** One of several ways to read; every question of it must be answered with yes. */
type Way = readonly Question[]

/** Who can read one place where prompts are logged. */
export interface LogReaders {
  readonly readers: readonly AccountPrincipal[]
  /** Of whom it cannot be told, and why. */
  readonly unclear: readonly {readonly principal: AccountPrincipal; missing(): readonly Missing[]}[]
  /** Outside the account: ARNs, account ids, or `anybody`. */
  readonly outside: readonly string[]
  readonly missing: readonly Missing[]
}

/** Ways to read what stands in a log group. */
const GROUP_ACTIONS = ['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartQuery', 'logs:StartLiveTail']

export function bucketReaders(
  context: AuditContext,
  bucket: ReadItem<'s3:buckets'>,
  {arn, paths, region}: LogBucket,
): LogReaders {
  const access = effectiveAccess(context, 'if-read')
  const objects = paths.map((path) => `${arn}/${path}2026/01/01/00/record.json.gz`)
  const key = keyQuestion(context, access, bucket, region)
  const actions = objectActions(bucket)
  const ways = objects.flatMap((resource) =>
    actions.map((action): Way => {
      const object = access.ask({action, resource, region})
      return key.question === undefined ? [object] : [object, key.question]
    }),
  )
  const block = bucket.publicAccessBlock
  const isRestricted = block.status === 'read' && block.value?.restrictBuckets === true
  const outsiders = objects.flatMap((resource) =>
    actions.map((action) => logOutsiders(context, action, resource, isRestricted)),
  )
  return merge(inAccount(context, access, ways, key.missing), outsiders)
}

/** Where versions are kept each of them, the latest too, can be asked for by its own action. */
function objectActions({versioning}: ReadItem<'s3:buckets'>): readonly string[] {
  const isVersioned = versioning.status === 'read' && versioning.value !== null
  return isVersioned ? ['s3:GetObject', 's3:GetObjectVersion'] : ['s3:GetObject']
}

export function groupReaders(context: AuditContext, {arn, region}: PromptLogGroup): LogReaders {
  const access = effectiveAccess(context, 'if-read')
  const stream = `${arn}:log-stream:aws/bedrock/modelinvocations`
  const ways = GROUP_ACTIONS.map((action): Way => {
    const resource = action === 'logs:GetLogEvents' ? stream : `${arn}:*`
    return [access.ask({action, resource, region})]
  })
  return merge(inAccount(context, access, ways, []), [logOutsiders(context, 'logs:GetLogEvents', stream, false)])
}

type Inside = Pick<LogReaders, 'readers' | 'unclear' | 'missing'>

function merge(inside: Inside, outside: readonly LogOutsiders[]): LogReaders {
  return {
    ...inside,
    outside: [...new Set(outside.flatMap((one) => one.outside))],
    missing: [...inside.missing, ...outside.flatMap(({missing}) => missing)],
  }
}

function inAccount(
  context: AuditContext,
  access: EffectiveAccess,
  ways: readonly Way[],
  unreadKey: readonly Missing[],
): Inside {
  const doors = new Map([...new Set(ways.flat())].map((question) => [question, doorOf(context, question)]))
  const answered = access.principals.map((principal) => ({principal, ...reads(access, principal, ways, doors)}))
  const admitted = answered.filter(({outcome}) => outcome === 'ALLOW').map(({principal}) => principal)
  const open = answered.filter(({outcome}) => outcome === 'UNKNOWN')
  // A key that was not read may keep out whom the bucket lets in.
  const behindKey = unreadKey.length === 0 ? [] : admitted
  return {
    readers: unreadKey.length === 0 ? admitted : [],
    unclear: [
      ...behindKey.map((principal) => ({principal, missing: () => unreadKey})),
      ...open.map(({principal, open: question}) => ({
        principal,
        missing: () => (question === undefined ? [] : access.gaps(principal, question)),
      })),
    ],
    missing: access.missing,
  }
}

/** Whether the policy of the resource may let somebody in who has no permission of his own. */
function namesCallers({policies}: AuditContext, {action, actionKey, resource}: Question): boolean {
  const set = policies.resourcePolicies(resource)
  if (set === null) return false
  if (set.unread.length > 0 || set.policies.some(({refused}) => refused)) return !action.startsWith('kms:')
  const allows = set.policies.flatMap((policy) =>
    policy.statementsFor(actionKey).filter(({effect}) => effect === 'Allow'),
  )
  return allows.some(
    ({principals}) =>
      principals?.not || principals?.entries.some(({type, value}) => type !== 'service' && !isAccount(value)),
  )
}

/** An account as principal hands the decision to the policies of its callers. */
function isAccount(principal: string): boolean {
  return /^\d{12}$/.test(principal) || principal.endsWith(':root')
}

type Door = (principal: AccountPrincipal) => boolean

function doorOf(context: AuditContext, question: Question): Door {
  return namesCallers(context, question) ? () => true : ownPoliciesMay(question.actionKey, question.resource)
}

function reads(
  access: EffectiveAccess,
  principal: AccountPrincipal,
  ways: readonly Way[],
  doors: ReadonlyMap<Question, Door>,
): {readonly outcome: Outcome; readonly open?: Question} {
  const answer = (question: Question): Outcome =>
    doors.get(question)?.(principal) === false ? 'DENY' : access.decide(principal, question)
  let open: Question | undefined
  for (const way of ways) {
    const answers: Outcome[] = []
    for (const question of way) if (!answers.includes('DENY')) answers.push(answer(question))
    if (answers.every((one) => one === 'ALLOW')) return {outcome: 'ALLOW'}
    if (!answers.includes('DENY')) open ??= way[answers.indexOf('UNKNOWN')]
  }
  return open === undefined ? {outcome: 'DENY'} : {outcome: 'UNKNOWN', open}
}

/** Objects under a customer key are read by those only who may decrypt with it. */
function keyQuestion(
  context: AuditContext,
  access: EffectiveAccess,
  {encryption, region: home}: ReadItem<'s3:buckets'>,
  logged: string,
): {readonly question?: Question; readonly missing: readonly Missing[]} {
  const name = encryption.status === 'read' ? (encryption.value?.kmsKey ?? null) : null
  if (name === null) return {missing: []}
  const region = (home.status === 'read' ? home.value : null) ?? logged
  const kind = kindOfKey(context, region, name)
  if (kind.kind === 'unread') return {missing: [kind.missing]}
  const detail = findKey(context, region, name)?.detail
  const arn = detail?.status === 'read' ? detail.value?.arn : undefined
  if (kind.kind !== 'customer' || arn === undefined) return {missing: []}
  const values: ContextValues = {
    'kms:ViaService': `s3.${region}.amazonaws.com`,
    'kms:CallerAccount': context.snapshot.caller.account,
  }
  return {question: access.ask({action: 'kms:Decrypt', resource: arn, region, values}), missing: []}
}
