import type {ImportCheck} from './check.js'

export type AccountCheck = Pick<ImportCheck, 'id' | 'title' | 'severity' | 'why'>

/** What is asked of the account. Bodies are not here: most are judged where jobs of all kinds are. */
export const ACCOUNT_CHECKS = {
  bucketRegion: {
    id: 'IMP-24',
    title: 'the bucket is in the Region of the job',
    severity: 'blocker',
    why: 'AWS asks for the model in the Region of the import (AWS ML blog, 24 November 2025).',
  },
  bucketOwner: {
    id: 'IMP-25',
    title: 'the bucket belongs to the account',
    severity: 'warning',
    why: 'A bucket of another account needs a policy that lets the role read it.',
  },
  keys: {
    id: 'IMP-26',
    title: 'the role may use the key of the bucket',
    severity: 'blocker',
    why: 'Objects that are encrypted with a key of an account are read by those who may use the key.',
  },
  role: {
    id: 'IMP-27',
    title: 'Bedrock may take the role on, for imports of this account',
    severity: 'blocker',
    why: 'The job runs with the role: its trust must name bedrock.amazonaws.com, the account and model-import-job.',
  },
  roleRead: {
    id: 'IMP-28',
    title: 'the role may list and read the files',
    severity: 'blocker',
    why: 'The job reads the model with the rights of the role.',
  },
  caller: {
    id: 'IMP-29',
    title: 'the caller may make the import and pass the role',
    severity: 'blocker',
    why: 'CreateModelImportJob needs bedrock:CreateModelImportJob and iam:PassRole.',
  },
  models: {
    id: 'IMP-30',
    title: 'there is room for one more imported model',
    severity: 'blocker',
    why: 'A Region holds few imported models of an account.',
  },
  jobs: {
    id: 'IMP-31',
    title: 'no other import runs',
    severity: 'blocker',
    why: 'One import runs at a time, and the quota is not raised.',
  },
  name: {
    id: 'IMP-32',
    title: 'the name is free',
    severity: 'blocker',
    why: 'Names of imported models are those that other calls use.',
  },
  network: {
    id: 'IMP-47',
    title: 'subnets and security groups are there, in one VPC',
    severity: 'blocker',
    why: 'The job makes network interfaces in them.',
  },
  modelKey: {
    id: 'IMP-49',
    title: 'the key for the model can be used',
    severity: 'blocker',
    why: 'The model is encrypted with it, and a grant is made on it.',
  },
} as const satisfies Readonly<Record<string, AccountCheck>>

export type AccountCheckName = keyof typeof ACCOUNT_CHECKS
