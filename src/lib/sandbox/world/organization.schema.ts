import {z} from 'zod'
import {accountId, moment, policyDocument, shows} from './scenario-parts.schema.js'

const entityName = z.string().min(1).max(128)
const policyType = z.enum([
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'BEDROCK_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
])

const attachments = z.array(entityName).optional().describe('Names of policies attached here.')
const allowList = z.boolean().optional().describe('FullAWSAccess is detached here.')

const policySchema = z.strictObject({
  id: z.string().regex(/^p-[0-9a-z]{8,32}$/),
  name: entityName,
  type: policyType,
  description: z.string().max(512).optional(),
  document: z.union([policyDocument, z.looseObject({})]),
  shows,
})

const seatSchema = z.strictObject({id: accountId, policies: attachments, allowList})

const unitSchema = z.strictObject({
  id: z.string().regex(/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/),
  name: entityName,
  parent: z.string().optional().describe('Id of the unit it lies in, which comes before it; default: the root.'),
  policies: attachments,
  allowList,
  accounts: z.array(seatSchema).optional(),
})

export const organizationSchema = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/),
  managementAccount: accountId,
  features: z.enum(['ALL', 'CONSOLIDATED_BILLING']).optional(),
  delegatedAdministrators: z.array(accountId).optional(),
  policyTypes: z.array(policyType).optional().describe('Enabled in the root.'),
  policies: z.array(policySchema).optional(),
  root: z.strictObject({
    id: z.string().regex(/^r-[0-9a-z]{4,32}$/),
    policies: attachments,
    allowList,
    accounts: z.array(seatSchema).optional(),
    units: z.array(unitSchema).optional(),
  }),
  members: z
    .array(
      z.strictObject({
        id: accountId,
        name: entityName,
        joinedOn: moment.optional(),
        status: z.enum(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE']).optional(),
      }),
    )
    .optional()
    .describe('Accounts that the sandbox does not serve.'),
})
