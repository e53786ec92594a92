import type {AccountPrincipal, NamedPolicy} from '../../iam/account/account-policies.js'
import type {Explanation} from '../../iam/explanation.js'
import type {Fix} from '../finding.schema.js'

/** Policies of the principal whose statements allow what was explained, own ones and those of groups. */
export function grantingPolicies(
  {policies}: AccountPrincipal,
  {reasons}: Pick<Explanation, 'reasons'>,
): readonly NamedPolicy[] {
  const names = new Set(
    reasons.flatMap(({layer, role, policy}) =>
      layer === 'identity' && role === 'allows' && policy !== null ? [policy] : [],
    ),
  )
  return policies.filter(({name}) => names.has(name))
}

/** Where a policy stands, as people say it. */
export function policyWords({name, origin, group}: NamedPolicy): string {
  const kind = origin.endsWith('inline') ? 'inline policy' : 'policy'
  return group === null ? `${kind} ${name}` : `${kind} ${name} of group ${group}`
}

/** AWS CLI command that takes the policy away from whoever holds it. */
export function removalCommand({kind, name: holder}: AccountPrincipal, {name, arn, group}: NamedPolicy): string {
  const type = group === null ? kind : 'group'
  const target = `--${type}-name ${group ?? holder}`
  return arn === null
    ? `aws iam delete-${type}-policy ${target} --policy-name ${name}`
    : `aws iam detach-${type}-policy ${target} --policy-arn ${arn}`
}

/** Takes the allowing statements out of the first policy that holds them, and puts others in their place. */
export function policyDiffOf(
  principal: AccountPrincipal,
  explanation: Pick<Explanation, 'reasons'>,
  add: readonly object[],
): Fix['policyDiff'] {
  const [policy] = grantingPolicies(principal, explanation)
  if (policy === undefined || policy.document === null) return undefined
  const labels = explanation.reasons.flatMap((one) =>
    one.role === 'allows' && one.policy === policy.name && one.statement !== null ? [one.statement] : [],
  )
  return {
    policy: policy.arn ?? policyWords(policy),
    remove: statementTexts(policy.document, labels),
    add: add.map((statement) => JSON.stringify(statement)),
  }
}

/** Statements by Sid, or by `#` and their place from 1. */
function statementTexts(document: string, labels: readonly string[]): readonly string[] {
  const {Statement} = JSON.parse(document) as {readonly Statement?: unknown}
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement]
  return statements.flatMap((statement, index) => {
    const sid = typeof statement === 'object' && statement !== null && 'Sid' in statement ? statement.Sid : undefined
    return labels.includes(sid ? String(sid) : `#${index + 1}`) ? [JSON.stringify(statement)] : []
  })
}
