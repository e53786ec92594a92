import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {AuditContext} from '../audit-context.js'
import type {AccessClass} from '../facts/access-class.js'
import {regionsOfAccount} from '../facts/bedrock-grade.js'
import {denialWords} from '../facts/denial-words.js'
import {type EffectiveAccess, effectiveAccess} from '../facts/effective-access.js'
import {decideInvocation, INVOKE_ACTIONS, type PreparedInvocation, prepareInvocation} from '../facts/invocation.js'
import type {AuditIam, CellOutcome, MatrixCell, MatrixPrincipal} from './audit-iam.schema.js'
import {type Column, matrixColumns} from './matrix-models.js'

type Matrix = Pick<AuditIam, 'models' | 'principals' | 'unseen'>
type Cells = MatrixPrincipal['cells']

/** Worst first, of what somebody who looks at the matrix should see. */
const RANK: readonly CellOutcome[] = ['blocked', 'unknown', 'with-guardrail', 'allowed', 'none']

/**
 * Every principal that may invoke something against every model in use. A cell says whether a call can succeed at all:
 * from the network and with the MFA that policies ask for, and, where nothing else is said, without a guardrail.
 */
export function accessMatrix(context: AuditContext): Matrix {
  const access = effectiveAccess(context)
  const columns = matrixColumns(context)
  const declared = declaredArns(context)
  const cellsOf = cellReader(context, access, columns)
  const principals = access.principals
    .filter(
      (principal) => declared.has(principal.arn) || INVOKE_ACTIONS.some((action) => access.holds(principal, action)),
    )
    .map((principal): MatrixPrincipal => {
      const {arn, kind, name} = principal
      return {arn, kind, name, declared: declared.has(arn), cells: cellsOf(principal)}
    })
  return {
    models: columns.map(({model}) => model),
    principals: principals.sort(byWeight),
    unseen: unseen(context, access),
  }
}

function declaredArns({project, policies}: AuditContext): ReadonlySet<string> {
  const named = project.workloads.flatMap(({principal}) => principal ?? [])
  return new Set(named.flatMap((name) => policies.find(name)?.arn ?? []))
}

/** Those of workloads first, then those whose calls fail halfway, then the others; equal ones stay in order of ARN. */
function byWeight(one: MatrixPrincipal, other: MatrixPrincipal): number {
  return weightOf(one) - weightOf(other)
}

function weightOf({declared, cells}: MatrixPrincipal): number {
  const ranks = cells.map(({outcome}) => RANK.indexOf(outcome))
  return Math.min(RANK.length, ...ranks) + (declared ? 0 : RANK.length + 1)
}

function unseen(context: AuditContext, access: EffectiveAccess): readonly string[] {
  const missing = [...access.missing, ...regionsOfAccount(context).flatMap((region) => context.use.in(region).missing)]
  return [...new Set(missing.map(({action, reason}) => `${action}: ${reason}`))]
}

/** Whoever is of the same classes has the same cells. */
function cellReader(
  context: AuditContext,
  access: EffectiveAccess,
  columns: readonly Column[],
): (principal: AccountPrincipal) => Cells {
  const known = new Map<AccessClass, Map<AccessClass, Cells>>()
  return (principal) => {
    const [plain, streamed] = INVOKE_ACTIONS.map((action) => access.classOf(principal, action.toLowerCase()))
    if (plain === undefined || streamed === undefined) return []
    const ofPlain = known.get(plain) ?? new Map<AccessClass, Cells>()
    known.set(plain, ofPlain)
    const cells = ofPlain.get(streamed) ?? columns.map((column) => cellOf(column, principal, {context, access}))
    ofPlain.set(streamed, cells)
    return cells
  }
}

interface Judges {
  readonly context: AuditContext
  readonly access: EffectiveAccess
}

interface Call {
  readonly outcome: CellOutcome
  readonly leg: string | null
  readonly because: string | null
}

function cellOf(column: Column, principal: AccountPrincipal, judges: Judges): MatrixCell {
  const plain = judgeCall(column, principal, false, judges)
  const streamed = judgeCall(column, principal, true, judges)
  // What keeps the plain call back is told; where nothing does, what keeps back the streamed one.
  const told = plain.because === null ? streamed : plain
  const {leg, because} = told
  return {model: column.model.label, outcome: plain.outcome, streaming: streamed.outcome, leg, because}
}

function judgeCall({model, target}: Column, principal: AccountPrincipal, streaming: boolean, judges: Judges): Call {
  if (target === undefined) {
    return {outcome: 'unknown', leg: null, because: `the snapshot does not tell what ${model.id} stands for`}
  }
  const {context, access} = judges
  const prepare = (guardrail: 'any' | 'none') =>
    prepareInvocation(context, access, model.region, target, {streaming, guardrail})
  const best = prepare('any')
  switch (decideInvocation(access, principal, best)) {
    case 'DENY':
      return denied(best, principal, access)
    case 'UNKNOWN':
      return {outcome: 'unknown', leg: null, because: gapOf(best, principal, access)}
    case 'ALLOW': {
      const asks = asksForGuardrail(principal, streaming, access)
      const isPlain = !asks || decideInvocation(access, principal, prepare('none')) === 'ALLOW'
      return {outcome: isPlain ? 'allowed' : 'with-guardrail', leg: null, because: null}
    }
  }
}

/** Whether any statement about the action looks at the guardrail at all. */
function asksForGuardrail(principal: AccountPrincipal, streaming: boolean, access: EffectiveAccess): boolean {
  const action = INVOKE_ACTIONS[streaming ? 1 : 0].toLowerCase()
  const {statements} = access.classOf(principal, action)
  return statements.some(({conditions}) =>
    conditions.some(({lookUpKey}) => lookUpKey === 'bedrock:guardrailidentifier'),
  )
}

/** A profile or model that is not held is no permission; a call of which a part is held, and a part denied, fails. */
function denied({legs}: PreparedInvocation, principal: AccountPrincipal, access: EffectiveAccess): Call {
  const decided = legs.map(({leg, question}) => ({leg, question, outcome: access.decide(principal, question)}))
  const [first] = decided.filter(({outcome}) => outcome === 'DENY')
  if (first === undefined) return {outcome: 'blocked', leg: null, because: null}
  const why = access.explain(principal, first.question)
  const isUnheld = why.denial === 'implicit' && why.reasons.some(({layer}) => layer === 'identity')
  if (isUnheld && decided.every(({outcome}) => outcome === 'DENY')) return {outcome: 'none', leg: null, because: null}
  return {outcome: 'blocked', leg: first.leg.name, because: denialWords(why)}
}

function gapOf({legs, open}: PreparedInvocation, principal: AccountPrincipal, access: EffectiveAccess): string {
  const first = legs.find(({question}) => access.decide(principal, question) === 'UNKNOWN')
  const gaps = first ? access.gaps(principal, first.question).map(({reason}) => reason) : []
  return gaps[0] ?? open[0] ?? 'it cannot be told'
}
