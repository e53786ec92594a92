import {z} from 'zod'
import {answerShape} from '../../../core/answer.schema.js'
import type {Immutable} from '../../../core/immutable.js'
import {alarmRowSchema} from '../alarms/alarms.schema.js'
import {benchRowSchema} from '../bench/bench.schema.js'
import {boardCapacitySchema} from '../capacity/capacity.schema.js'
import {costRowSchema} from '../costs/costs.schema.js'
import {endpointRowSchema} from '../endpoints/endpoints.schema.js'
import {eventRowSchema} from '../events/events.schema.js'
import {findingRowSchema} from '../findings/findings.schema.js'
import {jobRowSchema} from '../jobs/jobs.schema.js'
import {quotaLimitSchema} from '../quotas/quotas.schema.js'
import {TOPICS} from '../topics.js'
import {trafficMinuteSchema} from '../traffic/traffic.schema.js'

const moment = z.string().describe('ISO 8601.')
const place = z.string().nullable().describe('The Region; null for the account or this machine as a whole.')
const share = z.number().nullable().describe('Parts of one; null where use or limit is not known.')
const amount = z.string().nullable().describe('Decimal; null where a price that is needed is not known.')

/** What is called now: the newest minute that is complete, and what it costs at that pace. */
const trafficSchema = z.object({
  region: z.string(),
  endpoint: z.enum(['runtime', 'mantle']),
  modelId: z.string().describe('As it was called: model, profile or ARN.'),
  tier: z.string().nullable().describe('null for all tiers together.'),
  model: z.string().nullable().describe('Base model id of the catalog.'),
  route: z.enum(['in-region', 'geo', 'global']).nullable(),
  ...trafficMinuteSchema.omit({minute: true}).shape,
  minute: moment,
  perHour: amount,
  perMonth: amount.describe('perHour × 730.'),
  currency: z.string().nullable(),
  unpriced: z.array(z.string()).describe('Why a price is missing, one line each.'),
})

const quotaSchema = z.object({
  region: z.string(),
  code: z.string().nullable().describe('null where no quota is known for what is called.'),
  name: z.string().nullable(),
  kind: quotaLimitSchema.shape.kind.nullable(),
  model: z.string().nullable(),
  per: z.enum(['minute', 'day', 'held']),
  used: z.number().nullable(),
  limit: z.number().nullable(),
  share,
  peakShare: share.describe('Of the busiest minute of the last hour.'),
  why: z.string().nullable().describe('Why it is not known.'),
})

const totalsSchema = z.object({
  currency: z.string().nullable(),
  perHour: amount.describe(
    'Of all that is called; null where traffic of a Region or a price that is needed is not known.',
  ),
  knownPerHour: z.string().describe('Of what can be priced.'),
  unpriced: z.array(z.string()).describe('Called ids whose rate is not known, in whole or in part.'),
  capacityPerHour: amount.describe('What capacity costs that can be priced; null where it was not read.'),
  idlePerHour: amount.describe('Of that, what nobody calls.'),
  unpricedCapacity: z.number().int().nullable(),
  alarms: z.number().int().nullable().describe('In ALARM; null where none could be read.'),
  jobs: z.number().int().nullable().describe('That have not ended; null where none could be read.'),
})

/** The board at one moment; everything that is not known is null, or named in `unread`. */
export const monitorSampleSchema = z.object({
  ...answerShape,
  at: moment,
  intervalSeconds: z.number(),
  account: z.string().nullable(),
  profile: z.string().nullable(),
  regions: z.array(z.string()).describe('Regions that are looked at.'),
  replayed: z.boolean().describe('Told from a recording.'),
  feeds: z
    .array(
      z.object({
        topic: z.enum(TOPICS),
        place,
        status: z.enum(['waiting', 'live', 'stale', 'denied', 'throttled', 'lost', 'absent', 'failed']),
        readAt: moment.nullable().describe('When what is shown was read.'),
        nextAt: moment.nullable(),
      }),
    )
    .describe('How it stands with each topic in each place: what is old says so.'),
  ownCalls: z
    .object({
      calls: z.number(),
      metrics: z.number(),
      since: moment,
      leastPerHour: amount.describe('US dollars at the pace of the last minutes; null before a minute has passed.'),
      mostPerHour: amount.describe('If no request were free.'),
    })
    .describe('What the board asked of AWS itself; metrics of GetMetricData are billed one by one.'),
  totals: totalsSchema,
  traffic: z
    .array(trafficSchema)
    .describe('Rows of a tier are part of the row of all tiers; totals has each call once.'),
  quotas: z.array(quotaSchema).describe('Those that something takes of.'),
  alarms: z.array(z.object({region: place, ...alarmRowSchema.shape})),
  jobs: z.array(z.object({region: place, ...jobRowSchema.omit({actions: true, facts: true, metrics: true}).shape})),
  capacity: z.array(boardCapacitySchema.omit({actions: true})),
  endpoints: z.array(z.object({...endpointRowSchema.shape, region: place})),
  findings: z.array(findingRowSchema),
  costs: z.array(costRowSchema),
  bench: z.array(benchRowSchema.omit({facts: true})),
  events: z
    .array(eventRowSchema)
    .describe('What happened since the sample before, oldest first; in the first: what is known.'),
})
export type MonitorSample = Immutable<z.infer<typeof monitorSampleSchema>>
