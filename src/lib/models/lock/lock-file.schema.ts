import {z} from 'zod'
import {isoDate, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const lockedRouteSchema = z.strictObject({
  mode: z.enum(['in-region', 'geo', 'global']),
  id: z.string().describe('What to pass as modelId.'),
  destinations: z
    .array(regionName)
    .nullable()
    .describe('Every Region that may process a request, sorted; null for Global and where it was not known.'),
})
export type LockedRoute = Immutable<z.infer<typeof lockedRouteSchema>>

const lockedModelSchema = z.strictObject({
  lifecycle: z.strictObject({
    phase: z.enum(['ACTIVE', 'LEGACY', 'EXTENDED_ACCESS', 'EOL', 'PREVIEW', 'UNKNOWN']),
    legacy: isoDate.nullable(),
    extendedAccess: isoDate.nullable(),
    endOfLife: isoDate.nullable(),
  }),
  from: z.record(regionName, z.strictObject({routes: z.array(lockedRouteSchema)})).describe('By source Region.'),
})
export type LockedModel = Immutable<z.infer<typeof lockedModelSchema>>

/** bedrockctl.lock.json: what a project relies on. `read` says where that came from and is never compared. */
export const lockFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  models: z.record(z.string().min(1), lockedModelSchema),
  read: z.strictObject({
    simulated: z.boolean(),
    regions: z.record(regionName, z.strictObject({kind: z.enum(['live', 'cache', 'bundle']), asOf: z.string()})),
  }),
})
export type LockFile = Immutable<z.infer<typeof lockFileSchema>>
