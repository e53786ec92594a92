import {type CallPlace, createLeg, type Leg} from '../iam/legs/leg.js'

const SOURCE = {source: 'Service Authorization Reference', asOf: '2026-09-26'}

/** What making an import asks of the caller, beside passing the role; the action knows no resource. */
export function createLegs({region}: CallPlace): readonly Leg[] {
  return [
    createLeg(
      {
        name: 'import job',
        action: 'bedrock:CreateModelImportJob',
        resource: '*',
        context: {'aws:RequestedRegion': region},
        why: 'the job that is made',
      },
      SOURCE,
    ),
  ]
}
