import {createHash} from 'node:crypto'
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {OfferCache} from './collect-offers.js'
import type {RegionOffer} from './offer.js'

/** The file in the cache folder: what was read live, when, of which account. */
export interface CachedOffers {
  readonly schemaVersion: 1
  /** ISO 8601. */
  readonly writtenAt: string
  readonly account: string | null
  readonly offers: readonly RegionOffer[]
}

export interface OpenedOfferCache extends OfferCache {
  readonly file: string
  /** Undefined when there is no cache yet or it cannot be used. */
  readonly content: CachedOffers | undefined
  /** Why an existing file is not used; a warning names it. */
  readonly damage: string | undefined
}

interface StoredFile {
  readonly sha256: string
  readonly content: CachedOffers
}

/** What a sandbox said never mixes with what AWS said. */
export function offerCacheFile(folder: string, simulated: boolean): string {
  return join(folder, simulated ? 'offers-simulated.json' : 'offers.json')
}

/** Opens the cache; a missing file is an empty cache, a damaged one is named in `damage` and ignored. */
export async function openOfferCache(file: string, now: () => number): Promise<OpenedOfferCache> {
  const {content, damage} = await readContent(file)
  const byRegion = new Map((content?.offers ?? []).map((offer) => [offer.region, offer]))
  return {
    file,
    content,
    damage,
    get(region, maxAgeMs) {
      const offer = byRegion.get(region)
      if (!offer) return undefined
      const age = now() - Date.parse(offer.origin.asOf)
      if (maxAgeMs !== undefined && age > maxAgeMs) return undefined
      return {...offer, origin: {...offer.origin, kind: 'cache'}}
    },
  }
}

/** The digest tells a file that we wrote from one that was cut short or edited; only the former is trusted. */
async function readContent(file: string): Promise<{content?: CachedOffers; damage?: string}> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : {damage: `${file} cannot be read`}
  }
  try {
    const stored = JSON.parse(text) as StoredFile
    if (stored.content?.schemaVersion !== 1) return {damage: `${file} is of another version`}
    return stored.sha256 === digest(stored.content) ? {content: stored.content} : {damage: `${file} is damaged`}
  } catch {
    return {damage: `${file} is damaged`}
  }
}

/** Writes beside the file and renames, so that a reader never sees half of it. */
export async function writeOfferCache(file: string, content: CachedOffers): Promise<void> {
  await mkdir(dirname(file), {recursive: true})
  const draft = `${file}.${process.pid}.tmp`
  await writeFile(draft, JSON.stringify({sha256: digest(content), content} satisfies StoredFile))
  await rename(draft, file)
}

function digest(content: CachedOffers): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
