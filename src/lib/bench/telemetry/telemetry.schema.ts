import {z} from 'zod'
import {TELEMETRY_UNITS} from './ports.js'

const laneSchema = z.object({
  metric: z.enum(Object.keys(TELEMETRY_UNITS) as [keyof typeof TELEMETRY_UNITS]),
  unit: z.string(),
  mean: z.number(),
  p50: z.number(),
  p95: z.number(),
  max: z.number(),
  n: z.int().describe('Readings in the steady windows.'),
})

/** One device, or one server, over the steady windows of a run. */
export const telemetrySummarySchema = z.object({
  source: z.string().describe('What was read, such as nvidia-smi on user@host.'),
  device: z.string(),
  name: z.string().nullable(),
  facts: z.array(z.string()),
  absent: z.string().nullable().describe('Why there is nothing, or nothing more.'),
  notes: z.array(z.string()),
  lanes: z.array(laneSchema),
  joules: z
    .number()
    .nullable()
    .describe('Energy of the steady windows; null where power was not told for 90 % of them.'),
  joulesPerOutputToken: z.number().nullable(),
  idleWatts: z.number().nullable().describe('Mean power in the two seconds before the first send.'),
  throttledShare: z.number().nullable().describe('Share of the readings with clocks held down.'),
  throttledBy: z.array(z.string()),
})
