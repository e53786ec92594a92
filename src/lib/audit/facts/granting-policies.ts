import type {AccountPrincipal, NamedPolicy} from '../../iam/account/account-policies.js'
import type {Explanation} from '../../iam/explanation.js'

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
