import {batchLegs} from '../../iam/legs/batch-legs.js'
import type {CallLeg} from '../../iam/legs/leg.js'
import {notApplicable, unknown} from '../../jobs/preflight/check.js'
import {decideAccess} from '../../jobs/preflight/decide-access.js'
import type {JobAccountQuestion} from '../../jobs/preflight/job-account.js'
import {judgeJobAccount} from '../../jobs/preflight/judge-job-account.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {judgeApprovedRegions, judgePlacement} from '../../jobs/preflight/project-rules.js'
import {generateCommand} from './generate-command.js'
import {judgeOpenJobs, judgeSupport} from './judge-model.js'
import {judgeModelAccess} from './judge-model-access.js'
import type {PreflightFacts, PreflightQuestion} from './preflight-question.js'

const JOB = 'model-invocation-job'

/** Everything that is known to make a batch job fail, looked at before one is made; in the order of who mends it. */
export function batchPreflight(question: PreflightQuestion, facts: PreflightFacts): readonly PreflightCheck[] {
  const {rights, places} = judgeJobAccount(jobOf(question, facts), facts)
  return [
    judgeSupport(facts),
    judgeModelAccess(question, facts),
    judgeOpenJobs(question, facts),
    ...rights,
    judgeInvoke(question, facts),
    ...places,
    ...judgeProject(question, facts),
  ]
}

function jobOf(question: PreflightQuestion, facts: PreflightFacts): JobAccountQuestion {
  const {bucketOwner: owner, example, kmsKey, modelId, place, results, staging, target, vpc} = question
  const isCreate = (leg: CallLeg) => leg.actor === 'caller' && !(leg.kind === 'leg' && leg.action === 'iam:PassRole')
  return {
    place,
    job: JOB,
    create:
      target === undefined
        ? `What is asked of ${facts.callerName} for a job on ${modelId} is not documented.`
        : batchLegs({target, roleArn: facts.roleArn}, place).filter(isCreate),
    data: [
      {purpose: 'staging', at: staging, example: example.input, upload: true, role: 'reads', owner, key: null},
      {purpose: 'results', at: results, example: example.output, upload: false, role: 'writes', owner, key: kmsKey},
    ],
    modelKey: null,
    vpc,
    mend: (keyArn) => generateCommand({...question, kmsKey: keyArn ?? kmsKey}, facts),
  }
}

/** The role may call the model; the documentation asks for it where the job names an inference profile. */
function judgeInvoke(question: PreflightQuestion, facts: PreflightFacts): PreflightCheck {
  const id = 'role-invoke'
  const {modelId, place, target} = question
  const {policies, role, roleArn} = facts
  if (target === undefined) return unknown(id, `What the role needs to call ${modelId} is not documented.`)
  if (role === undefined && policies.principals.state === 'read') {
    return notApplicable(id, `Not judged: there is no role ${roleArn}.`)
  }
  const legs = batchLegs({target, roleArn}, place).filter(({actor}) => actor === 'service-role')
  const fine = `The role may call ${modelId}${legs.length > 1 ? ' wherever it is answered' : ''}.`
  const judged = decideAccess({id, fine, legs, fix: generateCommand(question, facts)}, facts)
  return target.kind === 'model' && judged.verdict === 'fail'
    ? notApplicable(id, 'The role may not call the model, which a job on the model itself does not ask of it.')
    : judged
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
