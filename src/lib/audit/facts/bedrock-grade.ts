import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {findService} from '../../iam/action-facts.js'
import type {AuditContext} from '../audit-context.js'
import type {EffectiveAccess, Outcome, Question} from './effective-access.js'

/** How much of a service somebody may do to resources that no policy names. */
export interface ServiceGrade {
  /** Whether it is as good as everything, in at least one Region. */
  readonly outcome: Outcome
  /** Region the numbers are of. */
  readonly region: string
  readonly allowed: number
  readonly total: number
  /** One question that is answered like the whole, to explain it by. */
  readonly example: Question | undefined
}

/** Control policies often take a few actions from administrators, who stay administrators. */
const FULL_SHARE = 0.9
/** Id of a resource that nobody has, so that only patterns reach it. */
export const UNNAMED = 'zz0unnamed0zz'

const memo = new WeakMap<EffectiveAccess, Map<string, readonly Question[]>>()

/** Judges `bedrock:*` on `*` by what comes of it: every action of the service, on something nobody named. */
export function gradeOfBedrock(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): ServiceGrade {
  const none: ServiceGrade = {outcome: 'DENY', region: 'us-east-1', allowed: 0, total: 0, example: undefined}
  if (!holdsMost(context, access, principal)) return none
  let best: ServiceGrade | undefined
  for (const region of regionsOfAccount(context)) {
    const grade = gradeIn(questionsIn(context, access, region), access, principal, region)
    if (grade.outcome === 'ALLOW') return grade
    if (best === undefined || (grade.outcome === 'UNKNOWN' && best.outcome === 'DENY')) best = grade
  }
  return best ?? none
}

/** Regions of the snapshot; where it names none, the one that every partition of the facts has. */
export function regionsOfAccount({snapshot}: AuditContext): readonly string[] {
  const names = snapshot.regions.map(({name}) => name)
  return names.length > 0 ? names : ['us-east-1']
}

/** Own policies tell most principals apart from administrators, whatever the Region. */
function holdsMost(context: AuditContext, access: EffectiveAccess, principal: AccountPrincipal): boolean {
  const [region = 'us-east-1'] = regionsOfAccount(context)
  const questions = questionsIn(context, access, region)
  let lacking = Math.floor(questions.length * (1 - FULL_SHARE))
  return questions.every(({action}) => {
    if (!access.holds(principal, action)) lacking -= 1
    return lacking >= 0
  })
}

function gradeIn(
  questions: readonly Question[],
  access: EffectiveAccess,
  principal: AccountPrincipal,
  region: string,
): ServiceGrade {
  const most = Math.floor(questions.length * (1 - FULL_SHARE))
  let denied = 0
  let unknown: Question | undefined
  let allowed: Question | undefined
  for (const question of questions) {
    const outcome = access.decide(principal, question)
    if (outcome === 'DENY') denied += 1
    else if (outcome === 'UNKNOWN') unknown ??= question
    else allowed ??= question
    if (denied > most) return {outcome: 'DENY', region, allowed: 0, total: questions.length, example: undefined}
  }
  const counts = {region, allowed: questions.length - denied, total: questions.length}
  return unknown === undefined
    ? {outcome: 'ALLOW', ...counts, example: allowed}
    : {outcome: 'UNKNOWN', ...counts, example: unknown}
}

/** What changes something comes first, so that most principals are done with soon. */
function questionsIn(
  {iam, policies, snapshot}: AuditContext,
  access: EffectiveAccess,
  region: string,
): readonly Question[] {
  const kept = memo.get(access) ?? new Map<string, readonly Question[]>()
  memo.set(access, kept)
  const known = kept.get(region)
  if (known !== undefined) return known
  const actions = findService(iam, 'bedrock')?.actions ?? []
  const changing = actions.filter(({access: levels}) => !levels.includes('read') && !levels.includes('list'))
  const questions = [...changing, ...actions.filter((action) => !changing.includes(action))].map(
    ({name, resources}) => {
      const place = resources?.includes('foundation-model') ? '' : policies.account
      const type = resources?.[0] ?? 'resource'
      const resource = `arn:${snapshot.partition}:bedrock:${region}:${place}:${place === '' ? 'foundation-model' : type}/${UNNAMED}`
      return access.ask({action: `bedrock:${name}`, resource, region, unnamed: true, untagged: true})
    },
  )
  kept.set(region, questions)
  return questions
}
