import type {PolicyDocument} from './iam-state.js'
import type {ScenarioRole} from './scenario.schema.js'

const OIDC = 'token.actions.githubusercontent.com'

/** The trust policy of a role of which a scenario says only whom it trusts; an account of its own may have it assumed. */
export function trustPolicy({trusts = [], externalId, webIdentity}: ScenarioRole, partition: string): PolicyDocument {
  const accounts = trusts.map((account) => ({
    Effect: 'Allow',
    Principal: {AWS: `arn:${partition}:iam::${account}:root`},
    Action: 'sts:AssumeRole',
    ...(externalId !== undefined && {Condition: {StringEquals: {'sts:ExternalId': externalId}}}),
  }))
  const federation = {
    Effect: 'Allow',
    Principal: {Federated: OIDC},
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {StringEquals: {[`${OIDC}:aud`]: 'sts.amazonaws.com'}},
  }
  return {Version: '2012-10-17', Statement: webIdentity === true ? [...accounts, federation] : accounts}
}
