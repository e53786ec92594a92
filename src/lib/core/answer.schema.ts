import {z} from 'zod'
import type {Immutable} from './immutable.js'

// The shape of every answer, once: types are inferred from it, JSON Schemas are generated from it, and nothing but
// tests, generators and file readers loads it (zod costs 50 ms; everybody else imports the types).

export const regionName = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d+$/)
  .describe('An AWS Region name, such as eu-central-1.')

export const isoDate = z.iso.date()

/** Where a fact was read. Live beats cache beats bundle. */
export const originSchema = z.object({
  kind: z.enum(['live', 'cache', 'bundle']),
  region: regionName.optional().describe('The Region that was read; absent for what is not regional.'),
  asOf: z.string().describe('ISO 8601: the moment of the read, or the date on which a bundled fact was true.'),
  source: z.string().describe('What was read: IAM actions for a live read, a named source for a bundled fact.'),
})
export type Origin = Immutable<z.infer<typeof originSchema>>

/** One call that could not be read, and why: part of the answer, never an empty list. */
export const unreadSchema = z.object({
  region: z.string(),
  action: z.string().describe('The IAM action that failed, such as bedrock:ListFoundationModels.'),
  code: z.string().describe('ACCESS_DENIED, THROTTLED, REGION_NOT_ENABLED, UNREACHABLE, ...'),
  reason: z.string(),
  hint: z.string().optional(),
})
export type Unread = Immutable<z.infer<typeof unreadSchema>>

/** A check that decides the exit code: 3 when it did not pass. */
export const gateSchema = z.object({
  requirement: z.string(),
  passed: z.boolean(),
  failures: z.array(z.string()),
})
export type Gate = Immutable<z.infer<typeof gateSchema>>

/** What every command's result begins with; spread it into the result's `z.object`. */
export const answerShape = {
  schemaVersion: z.literal(1).describe('Grows only when a member is removed or changes its meaning.'),
  simulated: z.boolean().describe('True when a sandbox answered: nothing here is about a real account.'),
  unread: z.array(unreadSchema).describe('What could not be read, and why.'),
}

export interface Answer {
  readonly schemaVersion: 1
  readonly simulated: boolean
  readonly unread: readonly Unread[]
  readonly gate?: Gate | undefined
}
