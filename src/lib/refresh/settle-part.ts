import {cacheFile, openPart, writePart} from './cache-file.js'
import type {CachedHead, CachePart} from './cached-facts.js'
import type {ReadPart} from './read-each.js'
import type {RefreshChange, RefreshPart} from './refresh.schema.js'

/** How the records of one part are kept and compared. */
export interface PartRules<Entry, Content extends CachedHead> {
  readonly name: RefreshPart['part']
  readonly part: CachePart<Content>
  entriesOf(content: Content): readonly Entry[]
  contentOf(head: Omit<CachedHead, 'part'>, entries: readonly Entry[]): Content
  /** What a read replaces. */
  keyOf(entry: Entry): string
  regionOf(entry: Entry): string
  readAtOf(entry: Entry): string
  countOf(entry: Entry): number
  diff(before: Entry, after: Entry): readonly RefreshChange[]
  /** What came since the bundle was compiled; undefined where the bundle says nothing of this. */
  diffWithBundle(after: Entry): readonly RefreshChange[] | undefined
}

export interface SettleOptions {
  readonly folder: string
  readonly simulated: boolean
  readonly account: string
  readonly partition: string
  readonly dryRun: boolean
  /** ISO 8601. */
  readonly writtenAt: string
}

/** Compares what was read with what was kept, and keeps both: a record that was not read now stays with its date. */
export async function settlePart<Entry, Content extends CachedHead>(
  rules: PartRules<Entry, Content>,
  {entries, notEnabled}: ReadPart<Entry>,
  {folder, simulated, account, partition, dryRun, writtenAt}: SettleOptions,
): Promise<{readonly part: RefreshPart; readonly changes: readonly RefreshChange[]}> {
  const file = cacheFile(folder, rules.part.name, simulated)
  const previous = await openPart(rules.part, file, {account, partition})
  const before = new Map(
    (previous.content === undefined ? [] : rules.entriesOf(previous.content)).map((entry) => [
      rules.keyOf(entry),
      entry,
    ]),
  )
  const read = new Set(entries.map((entry) => rules.keyOf(entry)))
  const kept = [...before.values()].filter(
    (entry) => !read.has(rules.keyOf(entry)) && !notEnabled.includes(rules.regionOf(entry)),
  )
  const comparisons = entries.map((entry) => compare(rules, before.get(rules.keyOf(entry)), entry))
  const whole = [...entries, ...kept].sort((a, b) => (rules.keyOf(a) < rules.keyOf(b) ? -1 : 1))
  if (entries.length > 0 && !dryRun) {
    await writePart(file, rules.contentOf({schemaVersion: 1, writtenAt, account, partition}, whole))
  }
  const comparedWith = new Set(comparisons.map((comparison) => comparison.comparedWith))
  return {
    part: {
      part: rules.name,
      file,
      state: entries.length === 0 ? 'kept' : dryRun ? 'dry-run' : 'written',
      regions: distinct(entries.map((entry) => rules.regionOf(entry))),
      kept: oldestByRegion(kept, rules),
      records: entries.reduce((sum, entry) => sum + rules.countOf(entry), 0),
      comparedWith: (['cache', 'bundle'] as const).filter((one) => comparedWith.has(one)),
      ignored: previous.ignored ?? null,
    },
    changes: comparisons.flatMap(({changes}) => changes),
  }
}

interface Comparison {
  readonly comparedWith: 'cache' | 'bundle' | undefined
  readonly changes: readonly RefreshChange[]
}

function compare<Entry, Content extends CachedHead>(
  rules: PartRules<Entry, Content>,
  before: Entry | undefined,
  after: Entry,
): Comparison {
  if (before !== undefined) return {comparedWith: 'cache', changes: rules.diff(before, after)}
  const changes = rules.diffWithBundle(after)
  return {comparedWith: changes && 'bundle', changes: changes ?? []}
}

function oldestByRegion<Entry, Content extends CachedHead>(
  kept: readonly Entry[],
  rules: PartRules<Entry, Content>,
): RefreshPart['kept'] {
  const oldest = new Map<string, string>()
  for (const entry of kept) {
    const [region, readAt] = [rules.regionOf(entry), rules.readAtOf(entry)]
    if (readAt < (oldest.get(region) ?? '\uFFFF')) oldest.set(region, readAt)
  }
  return distinct([...oldest.keys()]).map((region) => ({region, readAt: oldest.get(region) ?? ''}))
}

function distinct(regions: readonly string[]): readonly string[] {
  return [...new Set(regions)].sort()
}
