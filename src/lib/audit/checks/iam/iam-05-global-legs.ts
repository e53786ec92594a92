import type {Check} from '../../check.js'
import {judgeProfileLegs} from './profile-legs.js'

export const globalLegsCheck: Check = {
  id: 'IAM-05',
  family: 'IAM',
  severity: 'high',
  title: 'Whoever may invoke a Global profile may invoke all three of its legs',
  why: 'The third leg of a Global call has neither Region nor account in its ARN and aws:RequestedRegion unspecified: a control policy that denies Regions takes it, and every call fails.',
  resource: 'principal and Global inference profile',
  failsWhen:
    'the Global profile is allowed, but the model in the Region called or the model without a Region (aws:RequestedRegion unspecified) is denied by some layer',
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
      title: 'Global cross-Region inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html',
    },
  ],
  judge: (context) => judgeProfileLegs(context, 'global'),
}
