import type {Subjects} from '../ports/readers.js'
import {READS} from '../reads.js'
import type {ReadId} from '../snapshot.schema.js'
import type {KnownValues} from './known-values.js'

/** What a read asks about when it is not to be everything in use, and the reads that say so. */
interface Narrowing<Id extends keyof Subjects> {
  readonly dependsOn: readonly ReadId[]
  subjects(known: KnownValues, region: string): Subjects[Id]
}

/** Reads that are narrowed; every other asks about all that is in use. */
export type Narrowed = {readonly [Id in keyof Subjects]?: Narrowing<Id>}

/** What a read builds on. */
export function needsOf(id: ReadId, narrowed: Narrowed): readonly ReadId[] {
  return narrowed[id as keyof Subjects]?.dependsOn ?? READS[id].dependsOn
}
