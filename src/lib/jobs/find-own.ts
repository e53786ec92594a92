import {parseArn} from '../core/arn.js'
import {BedrockctlError, usageError} from '../core/errors.js'

/** Something of the account that has a name, an id and an ARN. */
export interface OwnThing {
  readonly arn: string
  /** Last part of the ARN. */
  readonly id: string
  readonly region: string
}

export interface FindPlaces {
  /** Where to look for what does not name its Region. */
  readonly regions: readonly string[]
  /** As given with --region; an ARN must not contradict them. */
  readonly asked: readonly string[]
}

/** How things of a kind are read. */
export interface FindKind<Thing extends OwnThing> {
  /** What resources of its ARNs begin with: `model-import-job/`. */
  readonly resource: string
  /** `import job`, as it is told. */
  readonly words: string
  /** By name or ARN; undefined where there is none. */
  get(region: string, identifier: string): Promise<Thing | undefined>
  list(region: string): Promise<readonly OwnThing[]>
}

const ID = /^[a-z0-9]{12}$/

/** The one thing of a kind that a name, an id or an ARN stands for; undefined where there is none. */
export async function findOwn<Thing extends OwnThing>(
  text: string,
  places: FindPlaces,
  kind: FindKind<Thing>,
): Promise<Thing | undefined> {
  const arn = parseArn(text)
  if (arn) {
    if (!arn.resource.startsWith(kind.resource)) return undefined
    return kind.get(regionOfArnText(text, arn.region, places), text)
  }
  const found = await inEachRegion(places.regions, async (region) => {
    const [named, listed] = await Promise.all([kind.get(region, text), ID.test(text) ? kind.list(region) : []])
    const byId = listed.find(({id}) => id === text)
    return named ?? (byId && (await kind.get(region, byId.arn)))
  })
  const [one, ...more] = found
  if (more.length > 0) throw inSeveralRegions(text, kind.words, found)
  return one
}

/** The Region of an ARN wins; one that --region contradicts is a mistake. */
function regionOfArnText(text: string, region: string, {asked}: FindPlaces): string {
  if (asked.length === 0 || asked.includes('all') || asked.includes(region)) return region
  throw usageError('REGION_CONTRADICTS', `${text} is in ${region}, and --region names ${asked.join(', ')}.`, {
    hint: `Leave --region out, or name ${region}.`,
  })
}

/** In the order of the Regions; of several, one that the account has not enabled holds nothing. */
async function inEachRegion<Found>(
  regions: readonly string[],
  find: (region: string) => Promise<Found | undefined>,
): Promise<readonly Found[]> {
  const found = await Promise.all(
    regions.map(async (region) => {
      try {
        return await find(region)
      } catch (failure) {
        const closed = failure instanceof BedrockctlError && failure.code === 'REGION_NOT_ENABLED'
        if (closed && regions.length > 1) return undefined
        throw failure
      }
    }),
  )
  return found.filter((one) => one !== undefined)
}

function inSeveralRegions(text: string, words: string, found: readonly OwnThing[]): BedrockctlError {
  const regions = found.map(({region}) => region).join(', ')
  return usageError('NAME_IN_SEVERAL_REGIONS', `${regions} each have an ${words} called ${text}.`, {
    hint: 'Name one by its ARN, or its Region with --region.',
  })
}
