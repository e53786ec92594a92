import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

// data/iam/guardrail-profiles.json: where a guardrail that names a guardrail profile is evaluated. No call tells it.

export const guardrailProfilesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  source: z.string(),
  asOf: z.iso.date(),
  profiles: z
    .record(z.string(), z.record(regionName, z.array(regionName).min(1)))
    .describe('Profile id → Region called → Regions that may evaluate.'),
})
export type GuardrailProfiles = Immutable<z.infer<typeof guardrailProfilesSchema>>
