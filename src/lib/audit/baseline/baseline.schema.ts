import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const line = z.string().min(1).max(500)

export const acceptanceSchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/, 'is no fingerprint: 16 hexadecimal digits'),
  check: line,
  region: line,
  resource: line,
  aspect: line.optional(),
  reason: line,
  owner: line,
  acceptedOn: z.iso.date(),
  expires: z.iso.date().describe('The last day on which it holds.'),
})

export const baselineFileSchema = z.strictObject({
  kind: z.literal('bedrockctl-audit-baseline'),
  version: z.literal(1),
  accepted: z.array(acceptanceSchema),
})
/** The file in which findings are accepted. */
export type BaselineFile = Immutable<z.infer<typeof baselineFileSchema>>
export type Acceptance = BaselineFile['accepted'][number]

/** A baseline and the file it stands in. */
export interface OpenBaseline {
  readonly file: string
  readonly accepted: readonly Acceptance[]
}
