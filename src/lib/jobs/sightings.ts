/** What was done at a moment, as counted here: records that were processed, steps that were trained. */
export interface Sighting {
  readonly atMs: number
  readonly processed: number
}

/** Sightings nearer to each other than this say more of the service's rounding than of its pace. */
export const LEAST_APART_MS = 5000
/** As far back as looks tell of the pace. */
const REMEMBERED_MS = 10 * 60_000

/** How much is done a second between the first and the last of these; undefined where nothing moved. */
export function observedRate(sightings: readonly Sighting[]): number | undefined {
  const last = sightings.at(-1)
  const first = sightings.find(
    ({atMs, processed}) => last && last.atMs - atMs >= LEAST_APART_MS && processed < last.processed,
  )
  return first && last ? ((last.processed - first.processed) * 1000) / (last.atMs - first.atMs) : undefined
}

/** What was done at the looks of the last ten minutes; of looks that follow each other closely the latest is kept. */
export class SightingMemory {
  #sightings: readonly Sighting[] = []

  /**
   * Adds what a look saw, and gives all that is remembered, oldest first. What waits in a queue says nothing of the pace:
   * with `moving` false the look is where it counts from.
   */
  add({atMs, processed}: Sighting, moving: boolean): readonly Sighting[] {
    const kept = moving ? this.#sightings.filter((one) => atMs - one.atMs <= REMEMBERED_MS) : []
    const before = kept.at(-2)
    const crowded = before !== undefined && atMs - before.atMs < 2 * LEAST_APART_MS
    this.#sightings = [...(crowded ? kept.slice(0, -1) : kept), {atMs, processed}]
    return this.#sightings
  }
}
