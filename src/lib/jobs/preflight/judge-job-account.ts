import {passRoleLeg, trustLeg} from '../../iam/legs/job-legs.js'
import {judgeBucket} from './buckets.js'
import {notApplicable, unknown} from './check.js'
import {decideAccess} from './decide-access.js'
import type {JobAccountFacts, JobAccountQuestion, JobData} from './job-account.js'
import {judgeJobData} from './judge-job-data.js'
import {judgeModelKey} from './judge-model-key.js'
import {type JobVpc, judgeNetwork} from './network.js'
import type {PreflightCheck} from './preflight.schema.js'
import {judgeServiceRole} from './service-role.js'
import {vpcLegs} from './vpc-legs.js'
import {judgeWayToS3} from './way-to-s3.js'

/** What an account says of a job; between the two stands what only a job of its kind needs of its role. */
export interface JobAccountChecks {
  /** Whether the caller may make the job and pass the role, and Bedrock take the role on. */
  readonly rights: readonly PreflightCheck[]
  /** Buckets, who may read and write them, keys and network. */
  readonly places: readonly PreflightCheck[]
}

/** What makes a job of Bedrock fail in the account that it runs in: role, buckets, keys, network. */
export function judgeJobAccount(question: JobAccountQuestion, facts: JobAccountFacts): JobAccountChecks {
  const {modelKey, place, vpc} = question
  return {
    rights: judgeRights(question, facts),
    places: [
      ...judgeBuckets(question, facts),
      ...judgeJobData(question, facts),
      ...(modelKey === null ? [] : [judgeModelKey(modelKey, question, facts)]),
      judgeNetwork(vpc, place.region, facts.snapshot),
      ...(vpc === null ? [] : judgeVpc(vpc, question, facts)),
    ],
  }
}

/** In a VPC the role makes network interfaces, and by them the job reaches its data. */
function judgeVpc(vpc: JobVpc, {job, place}: JobAccountQuestion, facts: JobAccountFacts): readonly PreflightCheck[] {
  const fine = 'The role may make the network interfaces of the job.'
  const fix = 'allow it to the role, as the Bedrock User Guide has it for jobs in a VPC'
  const legs = vpcLegs(vpc, job, place)
  return [
    ...(facts.role === undefined ? [] : [decideAccess({id: 'role-network', fine, legs, fix}, facts)]),
    judgeWayToS3(vpc, place.region, facts.snapshot),
  ]
}

function judgeRights(
  {create, job, mend, place}: JobAccountQuestion,
  facts: JobAccountFacts,
): readonly PreflightCheck[] {
  const {callerName, policies, role: found, roleArn} = facts
  const fix = mend(null)
  const role = `role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`
  const pass = {id: 'pass-role', fine: `${callerName} may pass ${role}.`, legs: [passRoleLeg(roleArn, job)], fix}
  const isMissing = found === undefined && policies.principals.state === 'read'
  const trust = {
    id: 'role-trust',
    fine: `bedrock.amazonaws.com may take ${role} on, for jobs of this account alone.`,
    legs: [trustLeg(roleArn, job, place)],
    fix,
  }
  return [
    typeof create === 'string'
      ? unknown('create-job', create)
      : decideAccess({id: 'create-job', fine: `${callerName} may make the job.`, legs: create, fix}, facts),
    isMissing ? notApplicable('pass-role', `Not judged: there is no role ${roleArn}.`) : decideAccess(pass, facts),
    ...judgeServiceRole({place, job, trust, fix}, facts),
  ]
}

/** Each bucket once, called after the first of what it holds. */
function judgeBuckets({data, place}: JobAccountQuestion, {snapshot}: JobAccountFacts): readonly PreflightCheck[] {
  const buckets = new Map<string, JobData>()
  for (const one of data) if (!buckets.has(one.at.bucket)) buckets.set(one.at.bucket, one)
  return [...buckets].flatMap(([bucket, {owner, purpose}]) => {
    const use = {bucket, purpose: buckets.size === 1 ? 'bucket' : purpose, owner, region: place.region}
    return judgeBucket(use, snapshot)
  })
}
