import {z} from 'zod'
import {answerShape, gateSchema, isoDate, originSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const phaseWord = z
  .enum(['ACTIVE', 'LEGACY', 'EXTENDED_ACCESS', 'EOL', 'PREVIEW', 'UNKNOWN'])
  .describe('EXTENDED_ACCESS is legacy at a price that AWS may have raised.')

const eventWord = z.enum(['launched', 'legacy', 'extendedAccess', 'endOfLife', 'endOfLifeNoSoonerThan'])
export type LifecycleEvent = z.infer<typeof eventWord>

export const lifecycleDateSchema = z.object({
  event: eventWord,
  date: isoDate,
  daysLeft: z.number().int().describe('Whole UTC days from today; negative once it is past.'),
  origin: originSchema,
})
export type LifecycleDate = Immutable<z.infer<typeof lifecycleDateSchema>>

const regionLifecycleSchema = z.object({
  region: regionName,
  phase: phaseWord,
  status: z.string().describe('The word of the service.'),
  legacy: isoDate.nullable(),
  extendedAccess: isoDate.nullable(),
  endOfLife: isoDate.nullable(),
  origin: originSchema,
})
export type RegionLifecycle = Immutable<z.infer<typeof regionLifecycleSchema>>

export const modelLifecycleSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  provider: z.string().nullable(),
  phase: phaseWord.describe('Today; the furthest of all Regions when they differ.'),
  dates: z.array(lifecycleDateSchema).describe('The dates that are known, in the order of a model’s life.'),
  next: lifecycleDateSchema
    .nullable()
    .describe('The next date on which something is taken away; null: none announced.'),
  meaning: z.array(z.string()).describe('What the phase means for those who call the model.'),
  regions: z.array(regionLifecycleSchema).describe('What each Region says, when it was read; empty offline.'),
  differs: z.boolean().describe('True when the Regions that were read do not agree.'),
  successor: z
    .object({id: z.string(), name: z.string().nullable(), launched: isoDate.nullable(), words: z.string()})
    .nullable()
    .describe('A suggestion for a model that is going or gone; AWS names no successors.'),
})
export type ModelLifecycle = Immutable<z.infer<typeof modelLifecycleSchema>>

export const severityWord = z.enum(['error', 'warning', 'note'])
export type Severity = z.infer<typeof severityWord>

const ruleWord = z.enum([
  'eol',
  'legacy',
  'unpinned-alias',
  'mistyped',
  'unlisted',
  'profile-required',
  'wrong-partition-arn',
  'hardcoded-account',
])
export type ScanRule = z.infer<typeof ruleWord>

export const scanFindingSchema = z.object({
  rule: ruleWord,
  severity: severityWord,
  file: z.string().describe('As reached from the folder that was named, with forward slashes.'),
  line: z.number().int().positive(),
  column: z.number().int().positive().describe('Counted from 1 in UTF-16 code units.'),
  text: z.string().describe('The id or ARN as it stands in the file.'),
  modelId: z.string().nullable().describe('The base model, when the text names one.'),
  message: z.string(),
  remedy: z.string().nullable(),
})
export type ScanFinding = Immutable<z.infer<typeof scanFindingSchema>>

export const scanSchema = z.object({
  folders: z.array(z.string()),
  complete: z.boolean().describe('False when the scan was interrupted: there may be more.'),
  files: z.object({
    read: z.number().int(),
    binary: z.number().int().describe('Passed over: not text.'),
    tooLarge: z.number().int().describe('Passed over: larger than 5 MB.'),
  }),
  skipped: z.array(z.object({file: z.string(), reason: z.string()})).describe('Could not be read.'),
  uses: z
    .array(z.object({text: z.string(), modelId: z.string(), count: z.number().int().positive()}))
    .describe('Every id and ARN that names a known model, and how often it stands in the files.'),
  findings: z.array(scanFindingSchema),
})
export type Scan = Immutable<z.infer<typeof scanSchema>>

export const lifecycleResultSchema = z.object({
  ...answerShape,
  on: isoDate.describe('The UTC day on which this was judged.'),
  regions: z.array(regionName).describe('The Regions that were asked about.'),
  withinDays: z.number().int().nonnegative().nullable(),
  models: z.array(modelLifecycleSchema).describe('With --scan: the models that the sources name.'),
  scan: scanSchema.nullable().describe('Null without --scan.'),
  gate: gateSchema.optional(),
})
export type LifecycleResult = Immutable<z.infer<typeof lifecycleResultSchema>>
