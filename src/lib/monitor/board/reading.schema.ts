import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'
import {alarmRowsSchema} from './alarms/alarms.schema.js'
import {benchRowsSchema} from './bench/bench.schema.js'
import {capacityRowsSchema} from './capacity/capacity.schema.js'
import {costRowsSchema} from './costs/costs.schema.js'
import {endpointRowsSchema} from './endpoints/endpoints.schema.js'
import {eventRowsSchema} from './events/events.schema.js'
import {findingRowsSchema} from './findings/findings.schema.js'
import {jobRowsSchema} from './jobs/jobs.schema.js'
import {momentSchema} from './moment.schema.js'
import {priceRowsSchema} from './prices/prices.schema.js'
import {quotaRowsSchema} from './quotas/quotas.schema.js'
import {trafficRowsSchema} from './traffic/traffic.schema.js'

const look = {
  place: z.string().nullable().describe('The Region; null for the account or this machine as a whole.'),
  atMs: momentSchema.describe('When it was asked, milliseconds since the epoch.'),
  tookMs: z.number(),
  calls: z.number().int().describe('Requests that it took.'),
  metrics: z.number().int().describe('Metrics that were asked of GetMetricData, which AWS bills one by one.'),
}

/** What one look at one topic in one place brought; plain JSON, as a recording keeps it. */
export const readingSchema = z.discriminatedUnion('topic', [
  z.object({...look, topic: z.literal('traffic'), rows: trafficRowsSchema}),
  z.object({...look, topic: z.literal('alarms'), rows: alarmRowsSchema}),
  z.object({...look, topic: z.literal('quotas'), rows: quotaRowsSchema}),
  z.object({...look, topic: z.literal('prices'), rows: priceRowsSchema}),
  z.object({...look, topic: z.literal('jobs'), rows: jobRowsSchema}),
  z.object({...look, topic: z.literal('capacity'), rows: capacityRowsSchema}),
  z.object({...look, topic: z.literal('endpoints'), rows: endpointRowsSchema}),
  z.object({...look, topic: z.literal('findings'), rows: findingRowsSchema}),
  z.object({...look, topic: z.literal('costs'), rows: costRowsSchema}),
  z.object({...look, topic: z.literal('events'), rows: eventRowsSchema}),
  z.object({...look, topic: z.literal('bench'), rows: benchRowsSchema}),
])
export type Reading = Immutable<z.infer<typeof readingSchema>>

/** Why a look brought nothing. */
export const troubleSchema = z.object({
  kind: z.enum(['denied', 'throttled', 'lost', 'absent', 'failed']),
  code: z.string(),
  message: z.string(),
  action: z.string().nullable().describe('IAM action that is missing.'),
  hint: z.string().nullable(),
})
export type Trouble = Immutable<z.infer<typeof troubleSchema>>
