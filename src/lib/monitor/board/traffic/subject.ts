import type {KnownMetric} from './ports.js'

type Subject = Pick<KnownMetric, 'endpoint' | 'modelId' | 'tier'>

/** One name for what was called, within a Region. */
export function subjectKey({endpoint, modelId, tier}: Subject): string {
  return `${endpoint} ${modelId} ${tier ?? '*'}`
}

/** One name for a row of traffic. */
export function rowKey(region: string, subject: Subject): string {
  return `${region} ${subjectKey(subject)}`
}
