import type {RequestContext} from '../../handler.js'
import {matchesPattern} from '../../world/denials.js'
import type {ServingSettings} from '../../world/resources.js'
import {placeOf} from '../account-place.js'

type Of = NonNullable<ServingSettings['failures']>[number]['of']

/** How what serves custom models goes here, as the scenario has it. */
export function servingSettings(context: RequestContext): ServingSettings {
  return placeOf(context).resources.serving ?? {}
}

/** Why a scenario lets something fail that serves. */
export function servingFailure(of: Of, name: string, {failures = []}: ServingSettings): string | undefined {
  const found = failures.find((one) => one.of === of && matchesPattern(one.names ?? '*', name))
  return found && (found.message ?? 'An internal error occurred. Try again.')
}
