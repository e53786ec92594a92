import type {RegionOptInSource} from '../../account/ports.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogPrice} from '../../catalog/catalog.schema.js'
import {assertRegions, parseRequirement, type Requirement} from '../../routing/requirement.js'
import {selectRegions} from '../../routing/select-regions.js'
import type {AccessSource} from '../access/access-ports.js'
import {readAccount, readOptIns} from '../access/read-account.js'
import {catalogOffer} from '../offers/catalog-offer.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import type {ReferenceSource} from '../references/reference-ports.js'
import {resolveBaseModels} from '../references/resolve-base-models.js'
import {judgeAvailability} from './availability.js'
import type {AvailabilityResult} from './availability.schema.js'

export interface AssessAvailabilityInput {
  /** Any id, ARN or display name; empty for every model that is offered. */
  readonly models: readonly string[]
  readonly from: readonly string[]
  /** Regions of --region. */
  readonly asked: readonly string[]
  readonly configured: string | undefined
  /** Text of --require. */
  readonly requirement: string | undefined
}

export interface AssessAvailabilityPorts {
  readonly catalog: Catalog
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
  /** The account, when it can be read; undefined offline. */
  readonly session:
    | {
        access(): Promise<AccessSource>
        regionOptIns(): Promise<RegionOptInSource>
        references(): Promise<ReferenceSource>
      }
    | undefined
  readonly readPrices: () => Promise<readonly CatalogPrice[]>
  readonly simulated: () => boolean
}

/**
 * Reads what is needed and judges it. Regions that the account has not enabled are known without asking them; the
 * account's access is read for models that were named, not for all of them.
 */
export async function assessAvailability(
  input: AssessAvailabilityInput,
  {catalog, readOffers, readPrices, session, simulated}: AssessAvailabilityPorts,
  signal: AbortSignal,
): Promise<AvailabilityResult> {
  assertRegions(input.from, catalog)
  const requirement = input.requirement === undefined ? undefined : parseRequirement(input.requirement, catalog)
  const regions = chooseRegions(input, requirement, catalog)
  const optIns = session && (await readOptIns(await session.regionOptIns(), signal))
  const collected = await readOffers(regions.filter((name) => optIns?.isEnabled(name) !== false))
  const disabled = regions.filter((name) => optIns?.isEnabled(name) === false || collected.notEnabled.includes(name))
  const offers = [...collected.offers, ...disabled.map((region) => catalogOffer(catalog, region))]
  const named = await resolveBaseModels(
    input.models,
    {catalog, offers: collected.offers, references: await session?.references()},
    signal,
  )
  const modelIds = named.length > 0 ? named : offeredIds(collected)
  const account =
    session && optIns && named.length > 0
      ? await readAccount(
          {
            regions: offers.map(({region}) => region),
            models: named.map((id) => ({id, provider: catalog.model(id)?.provider ?? null})),
          },
          optIns,
          {access: await session.access()},
          signal,
        )
      : undefined
  return judgeAvailability(
    {
      modelIds,
      regions,
      from: input.from,
      requirement,
      everyRegion: input.from.length > 0 || input.asked.length > 0,
    },
    {
      catalog,
      offers,
      bundled: (region) => catalogOffer(catalog, region),
      unread: [...(optIns?.unread ?? []), ...collected.unread, ...(account?.unread ?? [])],
      prices: input.from.length > 0 ? await readPrices() : [],
      simulated: simulated(),
      isEnabled: optIns && ((region) => (collected.notEnabled.includes(region) ? false : optIns.isEnabled(region))),
      accountOf: account && ((region, modelId) => account.accountOf(region, modelId)),
    },
  )
}

/** --from beats --region; a requirement that names Regions is asked from those; else every Region. */
function chooseRegions(
  input: AssessAvailabilityInput,
  requirement: Requirement | undefined,
  catalog: Catalog,
): readonly string[] {
  const implied = requirement?.kind === 'within' || requirement?.kind === 'geo' ? requirement.regions : []
  const asked = input.from.length > 0 ? input.from : input.asked.length > 0 ? input.asked : implied
  return selectRegions({asked, configured: input.configured, otherwise: 'all'}, catalog)
}

function offeredIds({offers}: CollectedOffers): readonly string[] {
  return [...new Set(offers.flatMap(({models}) => models.map(({id}) => id)))].sort()
}
