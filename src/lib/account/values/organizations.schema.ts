import {z} from 'zod'
import {maybe, maybeMoment, part, policyText, text, texts} from './parts.schema.js'

const organization = z.object({
  id: text,
  arn: text,
  featureSet: text,
  managementAccount: text,
})

/** A root, organisational unit or account, with the way up. */
const node = z.object({
  id: text,
  arn: text,
  kind: z.enum(['root', 'unit', 'account']),
  name: text,
  parentId: maybe,
  status: maybe,
  policyTypes: texts.describe('Of a root: the enabled types.'),
})

const policy = z.object({
  id: text,
  arn: text,
  name: text,
  type: text.describe('SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, ...'),
  awsManaged: z.boolean(),
  content: part(policyText),
  targets: part(texts).describe('Ids of roots, units and accounts.'),
})

export const organizationReads = {
  'organizations:organization': organization.nullable().describe('Null: the account belongs to none.'),
  'organizations:tree': z.array(node),
  'organizations:policies': z.array(policy),
  'organizations:effective-policies': z.array(
    z.object({
      type: text.describe('AISERVICES_OPT_OUT_POLICY, BEDROCK_POLICY.'),
      answer: part(z.object({content: policyText, updatedAt: maybeMoment}).nullable()).describe('Null: none applies.'),
    }),
  ),
}
