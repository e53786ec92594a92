import type {Check} from '../../check.js'
import {judgeProfileLegs} from './profile-legs.js'

export const geographicLegsCheck: Check = {
  id: 'IAM-04',
  family: 'IAM',
  severity: 'high',
  title: 'Whoever may invoke a geographic profile may invoke its model in every destination',
  why: 'Bedrock checks the model in every Region the profile can lead to: one that is denied fails all calls through the profile, even while the others have room.',
  resource: 'principal and inference profile',
  failsWhen:
    'the profile is allowed, but the model in the Region called or in a destination is denied by an own policy, a boundary, a control policy or the policy of the endpoint that a declared workload uses',
  reads: [
    'iam:authorization-details',
    'bedrock:inference-profiles',
    'organizations:organization',
    'organizations:tree',
    'organizations:policies',
    'ec2:vpc-endpoints',
  ],
  references: [
    {
      title: 'Geographic cross-Region inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
    },
    {
      title: 'Prerequisites for inference profiles',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
    },
  ],
  judge: (context) => judgeProfileLegs(context, 'geographic'),
}
