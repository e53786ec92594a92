import {usageError} from '../../core/errors.js'

/** A scenario that fits the schema and contradicts the catalog or itself. */
export function misfit(place: string, message: string): Error {
  return usageError('SCENARIO_INVALID', `The scenario is wrong at ${place}: ${message}.`, {
    hint: 'Correct the scenario file; `bedrockctl catalog show` says what the catalog knows.',
  })
}
