import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import {accountId, moment, policyDocument, shows, tags} from './scenario-parts.schema.js'

const iamName = z.string().regex(/^[\w+=,.@-]{1,128}$/)
const path = z.string().startsWith('/').endsWith('/').optional()

const lastAccessed = z
  .record(z.string(), moment)
  .optional()
  .describe('Service namespace (bedrock, s3, …) → the last day it was used; what is left out never was.')

/** What users, groups and roles have alike. Policies are named: of this account, or managed by AWS. */
const holder = {
  name: iamName,
  path,
  createdOn: moment.optional().describe('Default: the day of the account.'),
  inline: z.record(iamName, policyDocument).optional(),
  attached: z.array(iamName).optional().describe('Names of managed policies.'),
  shows,
}

const principal = {
  ...holder,
  boundary: iamName.optional().describe('Name of a managed policy.'),
  tags: tags.optional(),
  lastAccessed,
}

export const roleSchema = z.strictObject({
  ...principal,
  description: z.string().optional(),
  trust: policyDocument.optional().describe('Default: made of what follows.'),
  trusts: z.array(accountId).optional().describe('Accounts whose principals may assume it.'),
  externalId: z.string().min(2).optional(),
  maxSessionSeconds: z.number().int().min(3600).max(43_200).optional(),
  webIdentity: z.boolean().optional(),
  lastUsed: z.strictObject({on: moment, region: regionName}).optional(),
})

const use = z.strictObject({on: moment, region: z.string(), service: z.string()})

const userSchema = z.strictObject({
  ...principal,
  groups: z.array(iamName).optional(),
  console: z
    .strictObject({createdOn: moment.optional(), lastUsed: moment.optional()})
    .optional()
    .describe('It has a password.'),
  mfa: z.boolean().optional(),
  accessKeys: z
    .array(
      z.strictObject({
        accessKeyId: z.string().regex(/^AKIA[A-Z0-9]{16}$/),
        createdOn: moment.optional(),
        active: z.boolean().optional(),
        lastUsed: use.optional(),
      }),
    )
    .max(2)
    .optional()
    .describe('Keys that nobody can sign with here; those that sign are among the account’s keys.'),
  apiKeys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^ACCA[A-Z0-9]{12,20}$/),
        service: z.string().optional().describe('Default bedrock.amazonaws.com.'),
        createdOn: moment,
        expiresOn: moment.optional(),
        active: z.boolean().optional(),
        shows,
      }),
    )
    .optional(),
})

export const iamSchema = z.strictObject({
  alias: z
    .string()
    .regex(/^[a-z0-9](-?[a-z0-9])+$/)
    .optional(),
  users: z.array(userSchema).optional().describe('A user of a key that is not among them holds no policy.'),
  groups: z.array(z.strictObject(holder)).optional(),
  policies: z
    .array(
      z.strictObject({
        name: iamName,
        path,
        description: z.string().optional(),
        createdOn: moment.optional(),
        tags: tags.optional(),
        document: policyDocument,
        earlier: z.array(policyDocument).max(4).optional().describe('Versions before the one in force, oldest first.'),
        shows,
      }),
    )
    .optional(),
})
