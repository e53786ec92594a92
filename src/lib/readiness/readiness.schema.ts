import {z} from 'zod'
import {answerShape, gateSchema} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const text = z.string()

export const readinessAnswer = z
  .enum(['READY', 'READY_WITH_ACTIONS', 'NOT_READY', 'INSUFFICIENT_DATA', 'NOT_APPLICABLE'])
  .describe(
    'NOT_READY: a critical or high defect, or something that cannot work. INSUFFICIENT_DATA: no such defect, but something needed is not known. READY_WITH_ACTIONS: milder defects only. NOT_APPLICABLE: nothing of the kind is planned.',
  )
export type ReadinessAnswer = z.infer<typeof readinessAnswer>

const action = z.object({
  what: text,
  where: text.optional().describe('Region and resource.'),
  check: text.optional().describe('The check that found it.'),
  findings: z.array(text).optional().describe('Fingerprints of what it puts right.'),
})

const gate = z.object({
  id: text,
  question: text,
  answer: readinessAnswer,
  evidence: z.array(text).describe('What the answer rests on.'),
  actions: z.array(action).describe('What stands between here and READY, worst first.'),
  unknown: z.array(text).describe('What would have to be read or declared to tell.'),
  owner: text.nullable().describe('From `owners` of bedrockctl.yaml; null: nobody is named.'),
  role: z.enum(['application', 'data', 'network', 'operations', 'security']),
  effort: z
    .enum(['hours', 'days', 'weeks'])
    .nullable()
    .describe('Order of magnitude of the longest action, by the kind of change: an estimate of ours.'),
})

export const readinessSchema = z.object({
  ...answerShape,
  account: text,
  regions: z.array(text),
  takenAt: z.iso.datetime(),
  project: text.nullable(),
  answer: readinessAnswer,
  gates: z.array(gate),
  gate: gateSchema.optional().describe('Present with --fail-if-not-ready.'),
})
/** The one-page answer to whether Bedrock can be adopted as planned. */
export type Readiness = Immutable<z.infer<typeof readinessSchema>>
export type ReadinessGate = Readiness['gates'][number]
