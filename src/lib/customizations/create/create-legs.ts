import {AWS_NETWORK} from '../../iam/caller-context.js'
import {type CallLeg, type CallPlace, createLeg, type Leg, modelArn, ownArn} from '../../iam/legs/leg.js'

const ACTIONS = {source: 'Service Authorization Reference', asOf: '2026-09-26'}
const ROLE = {source: 'Bedrock User Guide, model-customization-iam-role', asOf: '2026-10-01'}

/** What making a job asks of the caller, beside passing the role: the base and the model that comes of it. */
export function createLegs(place: CallPlace, base: string): readonly Leg[] {
  const action = 'bedrock:CreateModelCustomizationJob'
  const context = {'aws:RequestedRegion': place.region}
  const isOwn = base.startsWith('arn:')
  const resource = isOwn ? base : modelArn(place, place.region, base)
  return [
    createLeg({name: 'base model of the job', action, resource, context, why: 'the model that is customised'}, ACTIONS),
    createLeg(
      {
        name: 'model of the job',
        action,
        // A model that is not there yet has an id that nobody knows: only a policy for every one can match it.
        resource: ownArn(place, isOwn ? 'custom-model/*' : `custom-model/${base}/*`),
        context,
        certain: false,
        why: 'the model that the job makes',
      },
      ACTIONS,
    ),
  ]
}

/** What the job asks of its role beside its data: the teacher, or the function that grades. */
export function roleLegs(
  place: CallPlace,
  {grader, teacher}: {readonly teacher: string | undefined; readonly grader: string | undefined},
): readonly CallLeg[] {
  const context = {'aws:RequestedRegion': place.region, ...AWS_NETWORK}
  const asRole = {actor: 'service-role', endpoint: 'bypassed', context} as const
  return [
    // Only a teacher that is called through a profile asks the role for it.
    ...(teacher?.includes('inference-profile/')
      ? [
          createLeg(
            {
              ...asRole,
              name: 'call the teacher',
              action: 'bedrock:InvokeModel',
              resource: teacher,
              why: 'its answers are what is learned',
            },
            ROLE,
          ),
        ]
      : []),
    ...(grader === undefined
      ? []
      : [
          createLeg(
            {
              ...asRole,
              name: 'call the grader',
              action: 'lambda:InvokeFunction',
              resource: grader,
              why: 'it grades answers',
            },
            ROLE,
          ),
        ]),
  ]
}
