import {batchLegs} from '../../iam/legs/batch-legs.js'
import type {CallLeg} from '../../iam/legs/leg.js'
import {judgeBucket} from '../../jobs/preflight/buckets.js'
import {notApplicable, unknown} from '../../jobs/preflight/check.js'
import {type AccessQuestion, decideAccess} from '../../jobs/preflight/decide-access.js'
import {judgeNetwork} from '../../jobs/preflight/network.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {judgeApprovedRegions, judgePlacement} from '../../jobs/preflight/project-rules.js'
import {judgeServiceRole} from '../../jobs/preflight/service-role.js'
import {generateCommand} from './generate-command.js'
import {judgeData} from './judge-data.js'
import {judgeModelAccess, judgeOpenJobs, judgeSupport} from './judge-model.js'
import type {PreflightFacts, PreflightQuestion} from './preflight-question.js'

const JOB = 'model-invocation-job'

/** Everything that is known to make a batch job fail, looked at before one is made; in the order of who mends it. */
export function batchPreflight(question: PreflightQuestion, facts: PreflightFacts): readonly PreflightCheck[] {
  const {place, vpc} = question
  return [
    judgeSupport(facts),
    judgeModelAccess(question, facts),
    judgeOpenJobs(question, facts),
    ...judgeRights(question, facts),
    ...judgeBuckets(question, facts),
    ...judgeData(question, facts),
    judgeNetwork(vpc, place.region, facts.snapshot),
    ...judgeProject(question, facts),
  ]
}

/** Whether the caller may make the job and pass the role, Bedrock take the role on, and the role call the model. */
function judgeRights(question: PreflightQuestion, facts: PreflightFacts): readonly PreflightCheck[] {
  const {modelId, place, target} = question
  const {callerName, roleArn} = facts
  const fix = generateCommand(question, facts)
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  // Passing and trust are the same for every model.
  const legs = batchLegs({target: target ?? {kind: 'model', modelId}, roleArn}, place)
  const of = (test: (leg: CallLeg) => boolean) => legs.filter(test)
  const isMissing = facts.role === undefined && facts.policies.principals.state === 'read'
  const decide = (asked: AccessQuestion): PreflightCheck =>
    isMissing ? notApplicable(asked.id, `Not judged: there is no role ${roleArn}.`) : decideAccess(asked, facts)
  const create = of((leg) => leg.actor === 'caller' && !isPassRole(leg))
  const trust = {
    id: 'role-trust',
    fine: `bedrock.amazonaws.com may take role/${role} on, for jobs of this account alone.`,
    legs: of(({actor}) => actor === 'service'),
    fix,
  }
  return [
    target === undefined
      ? unknown('create-job', `What is asked of ${callerName} for a job on ${modelId} is not documented.`)
      : decideAccess({id: 'create-job', fine: `${callerName} may make the job.`, legs: create, fix}, facts),
    decide({id: 'pass-role', fine: `${callerName} may pass role/${role}.`, legs: of(isPassRole), fix}),
    ...judgeServiceRole({place, job: JOB, trust, fix}, facts),
    judgeInvoke(
      question,
      decide,
      of(({actor}) => actor === 'service-role'),
      fix,
    ),
  ]
}

function isPassRole(leg: CallLeg): boolean {
  return leg.kind === 'leg' && leg.action === 'iam:PassRole'
}

/** The documentation asks for it where the job names an inference profile. */
function judgeInvoke(
  question: PreflightQuestion,
  decide: (asked: AccessQuestion) => PreflightCheck,
  legs: readonly CallLeg[],
  fix: string,
): PreflightCheck {
  const id = 'role-invoke'
  const {modelId, target} = question
  if (target === undefined) return unknown(id, `What the role needs to call ${modelId} is not documented.`)
  const fine = `The role may call ${modelId}${legs.length > 1 ? ' wherever it is answered' : ''}.`
  const judged = decide({id, fine, legs, fix})
  return target.kind === 'model' && judged.verdict === 'fail'
    ? notApplicable(id, 'The role may not call the model, which a job on the model itself does not ask of it.')
    : judged
}

function judgeBuckets({bucketOwner: owner, place, results, staging}: PreflightQuestion, {snapshot}: PreflightFacts) {
  const judge = (bucket: string, purpose: string) =>
    judgeBucket({bucket, purpose, owner, region: place.region}, snapshot)
  return staging.bucket === results.bucket
    ? judge(staging.bucket, 'bucket')
    : [...judge(staging.bucket, 'staging'), ...judge(results.bucket, 'results')]
}

function judgeProject(question: PreflightQuestion, {project}: PreflightFacts): readonly PreflightCheck[] {
  const {baseModelId, modelId, place, target} = question
  const names = [modelId, baseModelId]
  const processing = {destinations: destinationsOf(target, place.region), modelId: baseModelId, names}
  return [judgeApprovedRegions(processing, project), judgePlacement(processing, project)]
}

/** Regions where prompts may be answered; null where that is not known, and any Region for a Global profile. */
function destinationsOf(target: PreflightQuestion['target'], region: string): readonly string[] | null {
  switch (target?.kind) {
    case 'model':
    case 'own-model':
      return [region]
    case 'geographic-profile':
      return target.destinations
    case 'application-profile':
      return target.copies === null ? null : destinationsOf(target.copies, region)
    case 'global-profile':
      return ['any commercial Region']
    case undefined:
      return null
  }
}
