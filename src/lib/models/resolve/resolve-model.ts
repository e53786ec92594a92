import type {Catalog} from '../../catalog/catalog.js'
import type {Gate} from '../../core/answer.schema.js'
import {usageError} from '../../core/errors.js'
import {formatRequirement, parseRequirement, type Requirement} from '../../routing/requirement.js'
import type {RouteVerdict} from '../availability/availability.schema.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import type {ReferenceSource} from '../references/reference-ports.js'
import {resolveReference} from '../references/resolve-base-models.js'
import {routeHolds} from '../routes/holds.js'
import {judgeRoutes} from '../routes/route-verdicts.js'
import type {ResolveModelResult} from './resolve-model.schema.js'

export type PreferredMode = 'in-region' | 'geo' | 'global'

export interface ResolveModelInput {
  readonly model: string
  readonly from: string
  /** Modes in order; a mode that is left out is never used. */
  readonly prefer: readonly PreferredMode[]
  /** Text of --residency. */
  readonly residency: string | undefined
}

export interface ResolveModelPorts {
  readonly catalog: Catalog
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
  readonly references: ReferenceSource | undefined
  readonly simulated: () => boolean
}

/** What every mode is, when nothing else is said: stay in the Region, then in the geography, then anywhere. */
export const DEFAULT_PREFERENCE: readonly PreferredMode[] = ['in-region', 'geo', 'global']

/** Parses `in-region,geo`; names what it does not know. */
export function parsePreference(text: string | undefined): readonly PreferredMode[] {
  if (text === undefined) return DEFAULT_PREFERENCE
  const words = text.split(',').map((word) => word.trim())
  const wrong = words.filter((word) => !DEFAULT_PREFERENCE.includes(word as PreferredMode))
  if (wrong.length > 0) {
    throw usageError('INVALID_PREFERENCE', `--prefer does not know ${wrong.map((word) => `"${word}"`).join(', ')}.`, {
      hint: 'Write modes in order: in-region,geo,global',
    })
  }
  return [...new Set(words)] as PreferredMode[]
}

/** The id to put in code for calls from one Region: the first mode of the preference that works and stays where it must. */
export async function resolveModel(
  input: ResolveModelInput,
  ports: ResolveModelPorts,
  signal?: AbortSignal,
): Promise<ResolveModelResult> {
  const {catalog} = ports
  const requirement = input.residency === undefined ? undefined : parseRequirement(input.residency, catalog)
  const {offers, unread} = await ports.readOffers([input.from])
  const {modelId} = await resolveReference(input.model, {catalog, offers, references: ports.references}, signal)
  if (modelId === null) {
    throw usageError('IMPORTED_MODEL', 'An imported model is called by its own ARN.', {
      hint: `Put this in code: ${input.model}`,
    })
  }
  const offer = offers[0]
  const routes = judgeRoutes({
    modelId,
    catalog,
    offer,
    region: input.from,
    unreadReason: unread[0]?.reason,
    isEnabled: undefined,
  })
  const ordered = input.prefer.flatMap((mode) => preferNarrow(routes.filter((route) => route.mode === mode)))
  const chosen = ordered.find(
    (route) => route.answer === 'yes' && (!requirement || routeHolds(route, requirement) === 'yes'),
  )
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread,
    asked: input.model,
    modelId,
    from: input.from,
    id: chosen?.id ?? null,
    mode: chosen ? modeOf(chosen) : null,
    destinations: chosen?.destinations ?? null,
    passedOver: (chosen ? ordered.slice(0, ordered.indexOf(chosen)) : ordered).map((route) => ({
      id: route.id,
      mode: modeOf(route),
      reason: whyPassedOver(route, requirement),
    })),
    origin: offer?.origin ?? {kind: 'live', region: input.from, asOf: catalog.compiledOn, source: 'not read'},
    gate: gateFor(chosen, input, requirement),
  }
}

/** Of several geographic profiles the one with the fewest destinations first; unknown destinations last. */
function preferNarrow(routes: readonly RouteVerdict[]): readonly RouteVerdict[] {
  const reach = (route: RouteVerdict) => route.destinations?.length ?? Number.POSITIVE_INFINITY
  return [...routes].sort((a, b) => reach(a) - reach(b))
}

function modeOf({mode}: RouteVerdict): PreferredMode {
  return mode === 'in-region' || mode === 'geo' ? mode : 'global'
}

function whyPassedOver(route: RouteVerdict, requirement: Requirement | undefined): string {
  if (route.answer !== 'yes') return route.reason ?? 'not offered from here'
  const held = requirement ? routeHolds(route, requirement) : 'yes'
  if (held === 'unknown') return 'its destinations are not known, so nothing is promised'
  return `may process outside ${requirement ? formatRequirement(requirement) : 'what was asked'}`
}

function gateFor(
  chosen: RouteVerdict | undefined,
  input: ResolveModelInput,
  requirement: Requirement | undefined,
): Gate {
  const stays = requirement ? ` so that it holds ${formatRequirement(requirement)}` : ''
  const wanted = `callable from ${input.from}${stays}, by ${input.prefer.join(', ')}`
  return {
    requirement: wanted,
    passed: chosen !== undefined,
    failures: chosen ? [] : [`${input.model} is not ${wanted}`],
  }
}
