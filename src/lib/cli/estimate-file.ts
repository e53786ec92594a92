import type {EstimatedFile} from '../cost/diff/diff-estimates.js'
import type {PriceOrigin} from '../cost/estimate/estimate.schema.js'
import {readWorkloads, type WorkloadReading} from './read-workloads.js'

export interface FilePricing extends WorkloadReading {
  readonly prices: PriceOrigin
  readonly simulated: boolean
}

/** Prices one of several files: what is wrong with it names the file too. */
export async function estimateFile(file: string, pricing: FilePricing): Promise<EstimatedFile> {
  const [{estimate}, opened] = await Promise.all([import('../cost/estimate/estimate.js'), readWorkloads(file, pricing)])
  const called = file === '-' ? 'standard input' : file
  const {ports, prices, simulated} = pricing
  const placeOf: typeof opened.placeOf = (problem) => `${called}, ${opened.placeOf(problem)}`
  return {file: called, estimate: estimate({...opened, placeOf, prices, simulated}, ports)}
}
