import {z} from 'zod'
import {answerShape, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'
import {activityReads} from './values/activity.schema.js'
import {agentcoreReads} from './values/agentcore.schema.js'
import {agentReads} from './values/agents.schema.js'
import {bedrockReads} from './values/bedrock.schema.js'
import {costReads} from './values/cost.schema.js'
import {guardrailReads} from './values/guardrails.schema.js'
import {iamReads} from './values/iam.schema.js'
import {jobReads} from './values/jobs.schema.js'
import {networkReads} from './values/network.schema.js'
import {organizationReads} from './values/organizations.schema.js'
import {moment, text, texts, unreadShape, type unreadStatus} from './values/parts.schema.js'
import {storageReads} from './values/storage.schema.js'

/** Read id → schema of what the read gives for one Region, or for the account where it belongs to no Region. */
export const readValueSchemas = {
  ...bedrockReads,
  ...guardrailReads,
  ...jobReads,
  ...agentReads,
  ...agentcoreReads,
  ...networkReads,
  ...iamReads,
  ...organizationReads,
  ...storageReads,
  ...activityReads,
  ...costReads,
}

type Schemas = typeof readValueSchemas
/** Names what is read; judges and flags use it. */
export type ReadId = keyof Schemas
/** What each read gives. */
export type ReadValues = {readonly [Id in ReadId]: Immutable<z.infer<Schemas[Id]>>}
/** One item of a read that gives a list. */
export type ReadItem<Id extends ReadId> = ReadValues[Id] extends readonly (infer Item)[] ? Item : never

const place = {
  region: z.union([regionName, z.literal('global')]).describe('`global` for what belongs to no Region.'),
  at: moment.describe('When the read ended.'),
}

const gap = z.object({
  action: text,
  code: text,
  reason: text,
  count: z.number().int().positive().describe('Calls of this kind that failed alike.'),
})

const readHead = z.object({
  ...place,
  status: z.literal('read'),
  action: text,
  count: z.number().int().nonnegative().describe('Resources read.'),
  gaps: z.array(gap).describe('Parts of the value that could not be read; each says so in its place too.'),
})
const unreadEntry = z.object({...place, ...unreadShape, hint: text.optional()})

/** An entry without its value. */
export const entryHeadSchema = z.discriminatedUnion('status', [readHead, unreadEntry])

/** One read in one Region: what was read, or why not. */
function entry<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion('status', [readHead.extend({value}), unreadEntry])
}

const entries: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(readValueSchemas).map(([id, value]) => [id, z.array(entry(value as z.ZodType)).optional()]),
)

export type UnreadStatus = z.infer<typeof unreadStatus>
export type Gap = Immutable<z.infer<typeof gap>>

/** Why something was not read. */
export interface UnreadPart {
  readonly status: UnreadStatus
  readonly action: string
  readonly code: string
  readonly reason: string
}
export type Part<Value> = {readonly status: 'read'; readonly value: Value} | UnreadPart
/** What a part holds when it was read. */
export type PartValue<Any extends {readonly status: string}> =
  Extract<Any, {readonly status: 'read'}> extends {
    readonly value: infer Value
  }
    ? Value
    : never

export interface ReadEntryOf<Value> {
  readonly region: string
  readonly at: string
  readonly status: 'read'
  readonly action: string
  readonly count: number
  readonly gaps: readonly Gap[]
  readonly value: Value
}
export interface UnreadEntry extends UnreadPart {
  readonly region: string
  readonly at: string
  readonly hint?: string | undefined
}
export type Entry<Value> = ReadEntryOf<Value> | UnreadEntry
export type Reads = {readonly [Id in ReadId]?: readonly Entry<ReadValues[Id]>[] | undefined}

/** Of the document; grows when a member is removed or changes its meaning. */
export const SNAPSHOT_VERSION = 1

export const accountSnapshotSchema = z.object({
  ...answerShape,
  kind: z.literal('bedrockctl-account-snapshot'),
  tool: z.object({name: z.literal('bedrockctl'), version: text}),
  takenAt: moment,
  complete: z.boolean().describe('False when it was stopped before every read had ended: take it up with --resume.'),
  partition: text,
  caller: z.object({account: text, arn: text, userId: text}),
  regions: z.array(
    z.object({
      name: regionName,
      optIn: z
        .enum(['enabled-by-default', 'enabled', 'enabling', 'disabling', 'disabled', 'unknown'])
        .describe('unknown: the list of Regions could not be read.'),
    }),
  ),
  selection: texts.describe('Ids of the reads that were asked for, and of those they build on.'),
  reads: z.object(entries).describe('Read id → one entry a Region.'),
})
type Inferred = Immutable<z.infer<typeof accountSnapshotSchema>>
/** What was read of an account, Region by Region and call by call, and what could not be read and why. */
export type AccountSnapshot = Omit<Inferred, 'reads'> & {readonly reads: Reads}
