import type {CatalogModel} from '../../catalog/catalog.schema.js'
import type {CustomModelFacts, TunableBase, Tuning} from '../../catalog/custom-models.schema.js'
import type {CustomizationType} from '../ports.js'
import type {DatasetFinding} from './customization-check.schema.js'
import {finding} from './finding.js'

export interface BaseQuestion {
  readonly base: TunableBase
  readonly type: CustomizationType
  readonly tuning: Tuning | undefined
  /** Undefined: no Region was named and none is configured. */
  readonly region: string | undefined
  readonly model: CatalogModel | undefined
  readonly facts: CustomModelFacts
}

/** Whether the base can be customized like that, there and now. */
export function baseFindings({base, facts, model, region, tuning, type}: BaseQuestion): readonly DatasetFinding[] {
  if (tuning === undefined) {
    const types = base.tunings.map((one) => one.type)
    const others = facts.bases.filter(({tunings}) => tunings.some((one) => one.type === type)).map(({id}) => id)
    const text = `${base.id} is customized by ${types.join(', ')} only; ${type} is for ${others.join(', ') || 'no base'}.`
    return [finding('type-base', {text})]
  }
  const found: DatasetFinding[] = []
  if (region !== undefined && !tuning.regions.includes(region)) {
    const text = `${base.id} is customized in ${tuning.regions.join(', ')}, not in ${region}.`
    found.push(finding('base-region', {text}))
  }
  const status = model?.lifecycle.status
  if (tuning.closed !== null) found.push(finding('base-lifecycle', {text: tuning.closed}))
  else if (status === 'EOL')
    found.push(finding('base-lifecycle', {text: `${base.modelId} has reached its end of life.`}))
  else if (status === 'LEGACY') {
    const text = `${base.modelId} is legacy: AWS takes no new customization jobs of such models.`
    found.push(finding('base-lifecycle', {text}))
  }
  return found
}
