import {judgeResourcePolicies} from '../../iam/judge-policies.js'
import type {PolicySet} from '../../iam/policy-layers.js'
import type {Principal} from '../../iam/principal.js'
import {createRequest} from '../../iam/request.js'
import {createContext} from '../../iam/request-context.js'
import {YES} from '../../iam/truth.js'

const OBJECT_ACTIONS = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject']
const BUCKET_ACTIONS = ['s3:ListBucket', 's3:GetBucketLocation']
/** A call without TLS: it has no TLS version either. */
const PLAIN = createContext({'aws:SecureTransport': 'false', 's3:TlsVersion': null})

/**
 * What a bucket policy does not deny to calls without TLS, in words; null when it denies them all. It counts what the
 * statements do: a Deny for some callers, for objects alone, or under a further condition lets others through.
 */
export function plainHttpGap(policies: PolicySet, bucketArn: string, account: string, keys: readonly string[]) {
  const denies = (principal: Principal, action: string, resource: string) => {
    const request = createRequest({action, resource, principal, context: PLAIN, resourceAccount: account})
    return judgeResourcePolicies(policies, request).denies === YES
  }
  const callers = callersOf(bucketArn.split(':')[1] ?? '', account)
  const objects = keys.every((key) =>
    OBJECT_ACTIONS.every((action) => callers.every((caller) => denies(caller, action, `${bucketArn}/${key}`))),
  )
  const bucket = BUCKET_ACTIONS.every((action) => callers.every((caller) => denies(caller, action, bucketArn)))
  if (objects && bucket) return null
  if (!objects && !bucket) return 'for bucket and objects'
  return objects ? 'for the bucket itself' : 'for objects'
}

/** Whoever is not denied as one of these may pass: of the account, of another one, and its root. */
function callersOf(partition: string, account: string): readonly Principal[] {
  const other = account === '000000000000' ? '999999999999' : '000000000000'
  return [
    {kind: 'role', arn: `arn:${partition}:iam::${account}:role/anybody`, account},
    {kind: 'user', arn: `arn:${partition}:iam::${other}:user/anybody`, account: other},
    {kind: 'root', arn: `arn:${partition}:iam::${account}:root`, account},
  ]
}
