import type {LifecyclePhase} from '../../catalog/lifecycle-at.js'
import type {LifecycleDate, LifecycleEvent} from './lifecycle.schema.js'

/** From this day on AWS promises what the model card says; before it, twelve months from launch. */
const CARD_RULES_FROM = '2026-09-07'

/**
 * What a phase means for those who call the model, one sentence each.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html
 */
export function phaseMeaning(phase: LifecyclePhase, dates: readonly LifecycleDate[]): readonly string[] {
  switch (phase) {
    case 'ACTIVE':
      return activeMeaning(dates)
    case 'LEGACY':
      return LEGACY
    case 'EXTENDED_ACCESS':
      return ['Public extended access: AWS may charge more than before.', ...LEGACY]
    case 'EOL':
      return ['Requests fail in every Region; AWS moves nobody to another model.']
    case 'PREVIEW':
      return ['Preview: it can change or go without the notice that other models get.']
    case 'UNKNOWN':
      return ['The facts at hand do not say where it stands; read it live in a Region that lists it.']
  }
}

const LEGACY = [
  'New customers are refused.',
  'An account that does not call it for 15 days can lose access.',
  'No new Provisioned Throughput, no new fine-tuning, no higher quotas.',
]

function activeMeaning(dates: readonly LifecycleDate[]): readonly string[] {
  const of = (event: LifecycleEvent) => dates.find((entry) => entry.event === event)
  const floor = of('endOfLifeNoSoonerThan')
  if (floor && floor.daysLeft > 0) return [`The model card promises no end of life before ${floor.date}.`]
  const launched = of('launched')?.date
  if (of('endOfLife') || launched === undefined || launched >= CARD_RULES_FROM) return []
  return [`AWS promises twelve months from its launch on ${launched}, and six months’ notice of the end.`]
}
