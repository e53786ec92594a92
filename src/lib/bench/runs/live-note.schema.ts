import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const known = z.number().nullable()

/** How a run goes, as it says while it runs: `live.json` of its folder, gone when it ends. */
export const liveNoteSchema = z.object({
  schemaVersion: z.literal(1),
  atMs: z.number().describe('When it was written, milliseconds since the epoch: once a second.'),
  phase: z.string().nullable().describe('What is done between cells.'),
  cell: z
    .object({target: z.string(), label: z.string(), number: z.int(), of: z.int()})
    .nullable()
    .describe('The one that runs, from 1.'),
  done: z.int().describe('Requests since the run began.'),
  failed: z.int(),
  asked: known.describe('Requests that it is going to make; null where nobody knows.'),
  inFlight: known,
  perSecond: known.describe('Of the last ten seconds, as what follows.'),
  tokensPerSecond: known.describe('Output tokens.'),
  ttftP50: known.describe('Milliseconds.'),
  ttftP99: known,
  leftMs: known,
  usd: known,
})
export type LiveNote = Immutable<z.infer<typeof liveNoteSchema>>
