import {z} from 'zod'
import {flag, maybe, maybeMoment, part, policyText, quantity, tags, text, texts} from './parts.schema.js'

const inlinePolicies = z.array(z.object({name: text, document: policyText}))
const attachedPolicies = texts.describe('ARNs of managed policies.')

const principal = {
  id: text,
  arn: text,
  name: text,
  path: text,
  createdAt: maybeMoment,
  inlinePolicies,
  attachedPolicies,
}

const user = z.object({...principal, groups: texts.describe('Names.'), boundaryArn: maybe, tags})
const role = z.object({
  ...principal,
  trust: policyText.nullable(),
  boundaryArn: maybe,
  lastUsedAt: maybeMoment,
  lastUsedRegion: maybe,
  instanceProfiles: texts.describe('ARNs.'),
  tags,
})

const managedPolicy = z.object({
  arn: text,
  name: text,
  document: policyText.nullable().describe('The default version.'),
  defaultVersion: maybe,
  attachments: quantity,
  boundaryUses: quantity,
  updatedAt: maybeMoment,
})

const reportRow = z.object({
  user: text.describe('<root_account> for the root user.'),
  arn: text,
  createdAt: maybeMoment,
  password: flag,
  passwordLastUsedAt: maybeMoment,
  mfa: z.boolean(),
  accessKeys: z.array(z.object({active: z.boolean(), rotatedAt: maybeMoment, lastUsedAt: maybeMoment})),
})

export const iamReads = {
  'iam:authorization-details': z.object({
    users: z.array(user),
    groups: z.array(z.object(principal)),
    roles: z.array(role),
    policies: z.array(managedPolicy).describe('Own ones, and those of AWS that are attached or a boundary.'),
  }),
  'iam:service-specific-credentials': z
    .array(
      z.object({
        id: text,
        user: text,
        service: text,
        status: text,
        alias: maybe,
        createdAt: maybeMoment,
        expiresAt: maybeMoment.describe('Null: never.'),
      }),
    )
    .describe('API keys of Bedrock, of every user.'),
  'iam:key-user-credentials': z
    .array(
      z.object({
        user: text,
        loginProfile: part(z.boolean()),
        accessKeys: part(z.array(z.object({status: text, createdAt: maybeMoment}))),
        mfaDevices: part(z.number().int()),
      }),
    )
    .describe('Of the users who hold an API key of Bedrock.'),
  'iam:credential-report': z.object({generatedAt: maybeMoment, rows: z.array(reportRow)}),
  'iam:last-accessed': z
    .array(
      z.object({
        arn: text,
        services: part(z.array(z.object({namespace: text, lastAccessedAt: maybeMoment, region: maybe}))),
      }),
    )
    .describe('Use of Bedrock by the users and roles whose policies name it.'),
}
