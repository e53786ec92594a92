import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'
import {momentSchema} from '../moment.schema.js'
import {readingSchema, troubleSchema} from '../reading.schema.js'
import {TOPICS} from '../topics.js'

const topic = z.enum(TOPICS)
const place = z.string().nullable()
const moment = momentSchema.describe('Milliseconds since the epoch.')

const subjectSchema = z.object({
  account: z.string().nullable(),
  profile: z.string().nullable(),
  regions: z.array(z.string()),
  simulated: z.boolean(),
  sandbox: z.string().nullable().optional().describe('The scenario that was asked for; null: none was.'),
  endpointUrl: z.string().nullable().optional().describe('What was asked in place of AWS; null: nothing was.'),
  replayed: z.boolean(),
})

/** What the board was told; the same that a sampler tells. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({type: z.literal('read'), reading: readingSchema, nextAtMs: moment}),
  z.object({
    type: z.literal('failed'),
    topic,
    place,
    trouble: troubleSchema,
    atMs: moment,
    nextAtMs: moment.optional(),
    calls: z.number().int().optional().describe('Requests that were made all the same.'),
  }),
  z.object({type: z.literal('watching'), subject: subjectSchema, feeds: z.array(z.tuple([topic, place]))}),
  z.object({type: z.literal('paced'), intervalMs: z.number().positive()}),
  z.object({type: z.literal('round'), atMs: moment, waiting: z.number().int()}),
])

/** The first line of a recording. */
export const recordingHeadSchema = z.object({
  recording: z.literal('bedrockctl monitor').describe('What kind of file it is.'),
  version: z.literal(1).describe('Grows when what a line says changes its meaning.'),
  tool: z.string().describe('Version of bedrockctl that made it.'),
  at: moment,
  intervalMs: z.number().positive(),
  subject: subjectSchema,
})
export type RecordingHead = Immutable<z.infer<typeof recordingHeadSchema>>

/** A look that brought what the one before brought: the rows are in the line of that one. */
const againSchema = z.object({
  type: z.literal('again'),
  topic,
  place,
  of: moment.describe('When that was asked.'),
  atMs: moment,
  tookMs: z.number(),
  calls: z.number().int(),
  metrics: z.number().int(),
  nextAtMs: moment,
})

/** Every further line: when the board was told what. */
export const recordedSchema = z.object({at: moment, event: z.discriminatedUnion('type', [againSchema, eventSchema])})
export type RecordedLine = Immutable<z.infer<typeof recordedSchema>>
/** A line with all that was told: what was brought again has its rows. */
export interface Recorded {
  readonly at: number
  readonly event: Exclude<RecordedLine['event'], {readonly type: 'again'}>
}
