import type {Catalog} from '../catalog/catalog.js'
import type {MemberProblem} from '../config/schema-problems.js'
import type {OwnPrice} from '../cost/own-prices/own-prices.schema.js'
import type {WorkloadProblem} from '../cost/workload/demand.js'
import type {Workload} from '../cost/workload/workload.schema.js'

const LARGEST_BYTES = 2 * 1024 * 1024

/** Where a workload file is used, so that its models and Regions are judged with its lines. */
export interface WorkloadReading {
  readonly catalog: Catalog
  /** Region of workloads for which neither they nor the file name one. */
  readonly region: string | undefined
  /** A file in which nothing stands has no workloads; else it is refused. */
  readonly mayBeEmpty?: boolean
}

export interface OpenWorkloads {
  readonly workloads: readonly Workload[]
  readonly region: string | undefined
  /** What holds for whoever wrote the file, before any list. */
  readonly ownPrices: readonly OwnPrice[]
  /** `line 12: support-chat.model`. */
  placeOf(problem: WorkloadProblem): string
}

/** Reads the workloads of a file, or of standard input (`-`); throws one error with all that is wrong, by line. */
export async function readWorkloads(file: string, reading: WorkloadReading): Promise<OpenWorkloads> {
  const [
    {readDocument},
    {sameNames, workloadFileSchema, workloadSchema},
    {workloadProblems},
    {unknownModel},
    {namedOwnPrices, strangeOwnPrices},
  ] = await Promise.all([
    import('../config/read-document.js'),
    import('../cost/workload/workload.schema.js'),
    import('../cost/estimate/estimate-workload.js'),
    import('../cost/workload/resolve-call.js'),
    import('../cost/own-prices/name-own-prices.js'),
  ])
  const {catalog, region} = reading

  /** Of a workload that the schema refuses, the models that nobody knows; of any other, what is wrong with it whatever the prices are. */
  function alsoWrong(content: unknown): readonly MemberProblem[] {
    const {prices, region: own = region, workloads} = content as Readonly<Record<string, unknown>>
    const from = typeof own === 'string' ? own : undefined
    const ofPrices = Array.isArray(prices) ? wrongPrices(prices) : []
    if (!Array.isArray(workloads)) return ofPrices
    const ofWorkloads = workloads.flatMap((workload: unknown, index) => {
      const {data} = workloadSchema.safeParse(workload)
      const found = data === undefined ? unknownModels(workload) : problemsOf(data, from)
      return found.map(({path, said}) => ({path: ['workloads', index, ...path], said}))
    })
    const named = workloads.map((workload: {readonly name?: unknown} | null) => workload ?? {})
    const twice = sameNames(named).map(({index, message}) => ({path: ['workloads', index, 'name'], said: message}))
    return [...ofPrices, ...ofWorkloads, ...twice]
  }
  function wrongPrices(prices: readonly unknown[]): readonly MemberProblem[] {
    return strangeOwnPrices(prices, catalog).map(({path, said}) => ({path: ['prices', ...path], said}))
  }
  function problemsOf(workload: Workload, from: string | undefined): readonly MemberProblem[] {
    return workloadProblems(workload, from, catalog).map(({message, path}) => ({path, said: message}))
  }
  function unknownModels(content: unknown): readonly MemberProblem[] {
    if (typeof content !== 'object' || content === null) return []
    return Object.entries(content).flatMap(([key, value]) => {
      const said = key === 'model' && typeof value === 'string' ? unknownModel(value, catalog) : undefined
      if (said !== undefined) return [{path: [key], said}]
      return unknownModels(value).map((inner) => ({...inner, path: [key, ...inner.path]}))
    })
  }

  const {lineOf, value} = await readDocument(file, {
    schema: workloadFileSchema,
    what: 'a workload file',
    code: 'WORKLOADS',
    largestBytes: LARGEST_BYTES,
    hint: 'Correct these lines; docs/guides/workloads.md lists every key.',
    elsewhere: 'Name a file of workloads, or - for standard input.',
    alsoWrong,
    wrongIn: ({prices}) => wrongPrices(prices),
    whenEmpty: reading.mayBeEmpty === true ? {version: 1, prices: [], workloads: []} : undefined,
  })
  const indexes = new Map(value.workloads.map(({name}, index) => [name, index]))
  return {
    workloads: value.workloads,
    region: value.region ?? region,
    ownPrices: namedOwnPrices(value.prices, catalog),
    placeOf({path, workload}) {
      const line = lineOf(['workloads', indexes.get(workload) ?? 0, ...path])
      return `line ${line}: ${[workload, ...path].join('.')}`
    },
  }
}
