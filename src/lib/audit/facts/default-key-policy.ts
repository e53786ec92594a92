import {compilePolicy} from '../../iam/compile-policy.js'
import type {PolicySet} from '../../iam/policy-layers.js'

/** What a key has unless somebody writes another: the IAM policies of the account decide. */
export function defaultKeyPolicy(account: string): PolicySet {
  const statement = {Effect: 'Allow', Principal: {AWS: account}, Action: 'kms:*', Resource: '*'}
  const document = {Version: '2012-10-17', Statement: [statement]}
  return {policies: [compilePolicy(document, {name: 'default key policy', kind: 'resource'})], unread: []}
}
