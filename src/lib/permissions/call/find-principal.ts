import {closest} from '../../core/closest.js'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {AccountPolicies, AccountPrincipal} from '../../iam/account/account-policies.js'

/** The principals of the account; without them nothing can be said of anybody. */
export function allPrincipals({principals}: AccountPolicies): readonly AccountPrincipal[] {
  if (principals.state === 'read') return principals.value
  throw new BedrockctlError('PRINCIPALS_UNREAD', 'The users and roles of the account could not be read.', {
    fault: principals.status === 'denied' ? 'access' : principals.status === 'skipped' ? 'usage' : 'service',
    action: principals.action,
    why: principals.reason,
    hint:
      principals.status === 'skipped'
        ? 'Take a snapshot that holds them: bedrockctl account snapshot --for iam --out snapshot.json'
        : `Grant ${principals.action}, or judge a snapshot of somebody who may: --snapshot FILE`,
  })
}

/** By name, `user/NAME`, `role/NAME` or ARN. */
export function findPrincipal(text: string, policies: AccountPolicies, flag: string): AccountPrincipal {
  const found = policies.find(text)
  if (found !== undefined) return found
  const all = allPrincipals(policies)
  const same = all.filter(({name}) => name === text)
  if (same.length > 1) {
    throw usageError('AMBIGUOUS_PRINCIPAL', `A user and a role are called "${text}".`, {
      hint: `Say which: ${flag} ${same.map(({kind, name}) => `${kind}/${name}`).join(` or ${flag} `)}`,
    })
  }
  const near = closest(
    text.slice(text.lastIndexOf('/') + 1),
    all.map(({name}) => name),
  )
  throw usageError('UNKNOWN_PRINCIPAL', `Account ${policies.account} has no user or role "${text}".`, {
    why: near.length === 0 ? undefined : `Did you mean ${near.join(', ')}?`,
    hint: 'List them with what they may call: bedrockctl iam who-can invoke MODEL --all',
  })
}
