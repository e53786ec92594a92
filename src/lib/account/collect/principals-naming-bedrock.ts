import type {ReadValues} from '../snapshot.schema.js'

type Details = ReadValues['iam:authorization-details']

// Which policies are worth asking about, not what they allow: that is for the evaluator to say.
const NAMES_BEDROCK = /"(?:bedrock[a-z-]*:|\*"|NotAction")/i

/** ARNs of the users and roles that hold a policy that names Bedrock, every action, or all but some. */
export function principalsNamingBedrock({users, groups, roles, policies}: Details): readonly string[] {
  const managed = new Set(policies.filter(({document}) => names(document)).map(({arn}) => arn))
  const holds = (one: Pick<Details['users'][number], 'inlinePolicies' | 'attachedPolicies'>) =>
    one.inlinePolicies.some(({document}) => names(document)) || one.attachedPolicies.some((arn) => managed.has(arn))
  const holding = new Set(groups.filter(holds).map(({name}) => name))
  return [
    ...users.filter((user) => holds(user) || user.groups.some((name) => holding.has(name))),
    // Roles of services hold what AWS gives them.
    ...roles.filter((role) => holds(role) && !role.path.startsWith('/aws-service-role/')),
  ].map(({arn}) => arn)
}

function names(document: string | null): boolean {
  return document !== null && NAMES_BEDROCK.test(document)
}
