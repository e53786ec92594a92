import type {ScenarioTraffic} from '../../src/lib/sandbox/world/traffic.schema.js'

type Caller = ScenarioTraffic['callers'][number]

/** Models that can be called, each from Regions that it can be called from. */
interface Callable {
  readonly model: string
  readonly regions: readonly string[]
}

/**
 * So many callers, each of a model and a Region of its own as far as there are enough: rows of a board under load. The
 * same list every time.
 */
export function manyCallers(callables: readonly Callable[], count: number): ScenarioTraffic {
  const places = callables.flatMap(({model, regions}) => regions.map((region) => ({model, region})))
  const callers = Array.from({length: count}, (_, index): Caller => {
    const {model = '', region = ''} = places[(index * 37) % places.length] ?? {}
    return {
      name: `caller-${index}`,
      model,
      regions: [region],
      perMinute: 5 + ((index * 13) % 120),
      curve: (['office', 'evening', 'night', 'steady'] as const)[index % 4] ?? 'steady',
      inputTokens: 200 + ((index * 97) % 4000),
      outputTokens: 50 + ((index * 41) % 700),
      streaming: (index % 5) / 4,
      clientErrors: index % 7 === 0 ? 0.01 : 0,
      serverErrors: index % 11 === 0 ? 0.01 : 0,
      ...(index % 9 === 0 && {bursts: {everyMinutes: 30, minutes: 6, factor: 4}}),
    }
  })
  return {callers}
}
