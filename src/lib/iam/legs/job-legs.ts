import {type CallPlace, createLeg, type Leg, ownArn, SOURCES} from './leg.js'

/** Jobs of Bedrock that run with a role of the account, by their names in ARNs. */
export type JobKind = keyof typeof ROLE_SOURCES

const ROLE_SOURCES = {
  'model-invocation-job': SOURCES.batch,
  'model-import-job': {source: 'Bedrock User Guide, model-import-iam-role', asOf: '2026-10-01'},
  'model-customization-job': {source: 'Bedrock User Guide, model-customization-iam-role', asOf: '2026-10-01'},
} as const

const SERVICE = 'bedrock.amazonaws.com'

/** No call of its own but a check inside the caller's: its Region, and the endpoint's say in it, are not documented. */
export function passRoleLeg(roleArn: string, job: JobKind): Leg {
  return createLeg(
    {
      name: 'pass the service role',
      action: 'iam:PassRole',
      resource: roleArn,
      context: {'iam:PassedToService': SERVICE},
      endpoint: 'unknown',
      why: 'the caller hands the role to Bedrock',
    },
    ROLE_SOURCES[job],
  )
}

/** Bedrock takes the role on for a job. */
export function trustLeg(roleArn: string, job: JobKind, place: CallPlace): Leg {
  return createLeg(
    {
      name: 'trust of the service role',
      actor: 'service',
      action: 'sts:AssumeRole',
      resource: roleArn,
      // A job has an id: an operator that takes * for itself does not match it.
      context: {'aws:SourceAccount': place.account, 'aws:SourceArn': ownArn(place, `${job}/abcdefghijkl`)},
      endpoint: 'bypassed',
      why: 'Bedrock takes the role on',
    },
    ROLE_SOURCES[job],
  )
}
