import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {EffectiveAccess} from './effective-access.js'
import {type GuardrailReference, guardrailReference} from './guardrail-reference.js'
import {candidatesOf, INVOKE_ACTIONS, prepareInvocation} from './invocation.js'

/** Somebody whose calls succeed with the draft of a guardrail and with none of its versions. */
export interface DraftBound {
  readonly principal: AccountPrincipal
  readonly guardrail: GuardrailReference
}

/** An ARN of a guardrail without a version, as a condition on bedrock:GuardrailIdentifier names the draft. */
const DRAFT_ARN = /"(arn:[^"*?]*:guardrail\/[a-z0-9]+)"/gi
/** A version that no policy names: what admits it admits any. */
const SOME_VERSION = '99999999'

/** By simulation, of those whose own policies ask for a guardrail; most say nothing of guardrails and cost nothing. */
export function draftBoundPrincipals(context: AuditContext, access: EffectiveAccess): readonly DraftBound[] {
  return access.principals.flatMap((principal) => {
    const documents = principal.policies.flatMap(({document}) =>
      document !== null && /guardrailidentifier/i.test(document) ? [document] : [],
    )
    const arns = new Set(documents.flatMap((text) => [...text.matchAll(DRAFT_ARN)].map(([, arn = '']) => arn)))
    return [...arns].flatMap((arn) => {
      const guardrail = guardrailReference(arn, {region: '', account: ''}, 'DRAFT')
      if (guardrail === undefined) return []
      // What the policies admit by number binds nobody to the draft.
      const named = documents.flatMap((text) =>
        text
          .split(`"${arn}:`)
          .slice(1)
          .map((rest) => rest.split('"')[0] ?? ''),
      )
      const versions = [SOME_VERSION, ...named.filter((one) => /^\d+$/.test(one))].map((one) => `${arn}:${one}`)
      return isBound(context, access, principal, arn, versions, guardrail.region) ? [{principal, guardrail}] : []
    })
  })
}

function isBound(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  draft: string,
  versions: readonly string[],
  region: string,
): boolean {
  return INVOKE_ACTIONS.some((action) => {
    if (!access.holds(principal, action)) return false
    const {statements} = access.classOf(principal, action.toLowerCase())
    const streaming = action !== INVOKE_ACTIONS[0]
    return candidatesOf(context, statements, [region]).some(({target}) => {
      const {legs} = prepareInvocation(context, access, region, target, {streaming, guardrail: 'any'})
      const decide = (named: string | null) => {
        const values: ContextValues = {'bedrock:GuardrailIdentifier': named}
        const outcomes = legs.map(({leg}) =>
          access.decide(
            principal,
            access.ask({action: leg.action, resource: leg.resource, region, values: {...leg.context, ...values}}),
          ),
        )
        return outcomes.includes('DENY') ? 'DENY' : outcomes.includes('UNKNOWN') ? 'UNKNOWN' : 'ALLOW'
      }
      return decide(draft) === 'ALLOW' && [...versions, null].every((named) => decide(named) === 'DENY')
    })
  })
}
