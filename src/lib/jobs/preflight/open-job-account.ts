import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import {formatArn, parseArn} from '../../core/arn.js'
import {openAccountPolicies} from '../../iam/account/account-policies.js'
import {readIamFacts} from '../../iam/read-iam-facts.js'
import {callerOf} from './caller.js'
import type {JobAccountFacts} from './job-account.js'

export interface JobActors {
  /** Name or ARN of the service role. */
  readonly role: string
  /** As STS names who makes the job. */
  readonly callerArn: string
  readonly account: string
  readonly partition: string
  /** Account that owns the buckets of the job. */
  readonly bucketOwner: string
}

/** The policies of a snapshot, and who makes a job and with which role. */
export function openJobAccount(
  snapshot: AccountSnapshot,
  {account, bucketOwner, callerArn, partition, role: text}: JobActors,
): JobAccountFacts {
  const facts = readIamFacts()
  const policies = openAccountPolicies(snapshot, facts)
  const role = policies.find(text.startsWith('arn:') ? text : `role/${text}`)
  const typed = parseArn(text)
    ? text
    : formatArn({partition, service: 'iam', region: '', account, resource: `role/${text}`})
  return {
    policies,
    facts,
    ...callerOf(callerArn, policies),
    role,
    roleArn: role?.arn ?? typed,
    ownerOf: (arn) => policies.resourceAccount(arn) ?? (parseArn(arn)?.service === 's3' ? bucketOwner : undefined),
    snapshot,
  }
}
