import {usageError} from '../core/errors.js'
import type {EstimatedFile} from '../cost/diff/diff-estimates.js'
import type {EstimateInput} from '../cost/estimate/estimate.js'
import type {EstimatePorts} from '../cost/estimate/estimate-workload.js'
import {type OpenWorkloads, readWorkloads, type WorkloadReading} from './read-workloads.js'

/** One of several files of workloads: what is wrong with it names the file too. */
export interface NamedWorkloads extends OpenWorkloads {
  readonly file: string
}

export async function readNamedWorkloads(path: string, reading: WorkloadReading): Promise<NamedWorkloads> {
  const opened = await readWorkloads(path, reading)
  const file = path === '-' ? 'standard input' : path
  return {...opened, file, placeOf: (problem) => `${file}, ${opened.placeOf(problem)}`}
}

/** What is compared: a file as it was, which may be empty, and as it is to be. */
export async function readSides(
  {before, after}: {readonly before: string; readonly after: string},
  reading: WorkloadReading,
): Promise<readonly [before: NamedWorkloads, after: NamedWorkloads]> {
  if (before === '-' && after === '-') {
    throw usageError('STDIN_TWICE', 'Standard input can be one side of the comparison, not both.', {
      hint: 'Name a file for one of the two: bedrockctl cost diff - workloads.yaml',
    })
  }
  const was = await readNamedWorkloads(before, {...reading, mayBeEmpty: true})
  return [was, await readNamedWorkloads(after, reading)]
}

/** What its workloads cost, its own prices before those of the book. */
export async function estimateFile(
  named: NamedWorkloads,
  how: Pick<EstimateInput, 'prices' | 'simulated'>,
  ports: EstimatePorts,
): Promise<EstimatedFile> {
  const [{estimate}, {withOwnPrices}] = await Promise.all([
    import('../cost/estimate/estimate.js'),
    import('../cost/own-prices/with-own-prices.js'),
  ])
  const {file, ownPrices} = named
  const book = withOwnPrices(ports.book, ownPrices, file)
  return {file, estimate: estimate({...named, ...how}, {...ports, book})}
}
