import {usageError} from '../../core/errors.js'

/** A scenario that fits the schema and contradicts the catalog or itself. */
export function misfit(place: string, message: string): Error {
  return misfits([{place, message}])
}

/** All that is wrong at once. */
export function misfits(wrong: readonly {readonly place: string; readonly message: string}[]): Error {
  const told = wrong.map(({place, message}) => `${place}: ${message}`)
  return usageError('SCENARIO_INVALID', `The scenario is wrong at ${told.join('; at ')}.`, {
    hint: 'Correct the scenario file; `bedrockctl catalog show` says what the catalog knows.',
  })
}
