import table from '../managed-policies.json' with {type: 'json'}
import type {ManagedPolicy, PolicyDocument} from './iam-state.js'
import {iamId} from './unique-id.js'

/** The policies that AWS manages, of those that matter here, by ARN. scripts/extract-managed-policies.py has the source. */
export function awsManagedPolicies(partition: string): ReadonlyMap<string, ManagedPolicy> {
  const policies = table.policies.map((policy): ManagedPolicy => {
    const arn = `arn:${partition}:iam::aws:policy${policy.path}${policy.name}`
    const updatedAt = Date.parse(policy.updatedOn)
    return {
      arn,
      id: iamId('ANPA', 'aws', policy.name),
      name: policy.name,
      path: policy.path,
      description: undefined,
      ownedBy: 'aws',
      createdAt: Date.parse(policy.createdOn),
      updatedAt,
      tags: {},
      versions: [{id: policy.version, document: inPartition(policy.document, partition), createdAt: updatedAt}],
    }
  })
  return new Map(policies.map((policy) => [policy.arn, policy]))
}

/** AWS keeps a copy for each partition, with the partition's own ARNs. */
function inPartition(document: PolicyDocument, partition: string): PolicyDocument {
  if (partition === 'aws') return document
  return JSON.parse(JSON.stringify(document).replaceAll('arn:aws:', `arn:${partition}:`)) as PolicyDocument
}
