import {z} from 'zod'
import type {Immutable} from '../core/immutable.js'

// What a check says. Reports, gates and baselines read this and nothing else.

const text = z.string()

export const severitySchema = z.enum(['critical', 'high', 'medium', 'low', 'info'])
/** Worst first. */
export type Severity = z.infer<typeof severitySchema>

export const familySchema = z.enum(['EP', 'IAM', 'LOG', 'ENC', 'GR', 'AG', 'COST', 'RES', 'LC', 'GOV', 'TH'])
export type Family = z.infer<typeof familySchema>

export const verdictSchema = z
  .enum(['FAIL', 'UNKNOWN', 'PASS', 'INFO', 'NOT_APPLICABLE', 'MUTED'])
  .describe(
    'FAIL: a definite defect. UNKNOWN: something needed was not read or cannot be told; never a pass. PASS: looked at and in order. INFO: worth knowing, not judged. NOT_APPLICABLE: there is nothing to judge. MUTED: a FAIL accepted by the baseline.',
  )
export type Verdict = z.infer<typeof verdictSchema>

const resource = z.object({
  type: text.describe('Kind of thing judged, such as vpc-endpoint, role or guardrail.'),
  id: text.describe('ARN where the thing has one, else its id.'),
  name: text.optional().describe('As people call it.'),
})

const evidence = z.object({
  kind: z
    .enum(['config', 'simulated', 'observed', 'declared'])
    .describe(
      'config: as set up. simulated: by evaluating policies. observed: seen in events or metrics. declared: in bedrockctl.yaml.',
    ),
  text,
  read: text.optional().describe('Read of the account snapshot, such as ec2:vpc-endpoints.'),
  region: text.optional().describe('A Region, or `global`.'),
  at: text.optional().describe('ISO 8601: when it was read or happened.'),
})

const missing = z.object({
  action: text.describe('IAM action that would close the gap.'),
  code: text.describe('ACCESS_DENIED, THROTTLED, NOT_COLLECTED, UNDOCUMENTED, ...'),
  reason: text,
})

const policyDiff = z.object({
  policy: text.describe('What is changed: an ARN or a name.'),
  remove: z.array(text).describe('JSON of statements to take out.'),
  add: z.array(text).describe('JSON of statements to put in.'),
})

const fix = z.object({
  summary: text.describe('One sentence: what to do.'),
  cli: z.array(text).describe('AWS CLI commands; what must be filled in stands in angle brackets.'),
  terraform: text.optional().describe('A snippet.'),
  policyDiff: policyDiff.optional(),
})

const reference = z.object({title: text, url: text})

/** What one check says about one resource. */
export const findingSchema = z.object({
  fingerprint: text
    .regex(/^[0-9a-f]{16}$/)
    .describe('The same for the same check, account, Region, resource and aspect, run after run.'),
  check: text.describe('Id, such as EP-03.'),
  family: familySchema,
  severity: severitySchema,
  verdict: verdictSchema,
  title: text.describe('What the check demands.'),
  region: text.describe('A Region, or `global`.'),
  resource,
  aspect: text.optional().describe('Which of several things about the resource: a model, a leg, a sub-service.'),
  message: text.describe('What is so, in one sentence.'),
  why: text.describe('Why it matters.'),
  evidence: z.array(evidence),
  missing: z.array(missing).describe('Of UNKNOWN: what would have to be read.'),
  fix: fix.optional().describe('Of FAIL.'),
  references: z.array(reference),
  muted: z
    .object({reason: text, owner: text, expires: z.iso.date()})
    .optional()
    .describe('Of MUTED: who accepts it, why and until when.'),
})
export type Finding = Immutable<z.infer<typeof findingSchema>>
export type Resource = Finding['resource']
export type Evidence = Finding['evidence'][number]
export type Missing = Finding['missing'][number]
export type Fix = NonNullable<Finding['fix']>
export type Reference = Finding['references'][number]
