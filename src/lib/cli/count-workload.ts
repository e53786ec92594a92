import {usageError} from '../core/errors.js'
import type {CountedWorkload} from '../cost/estimate/estimate-range.js'
import type {TokenCounter} from '../cost/tokens/ports.js'
import type {TokenSpread} from '../cost/tokens/token-statistics.schema.js'
import type {Workload} from '../cost/workload/workload.schema.js'
import type {Connection} from './connect.js'
import type {WorkloadFlags} from './cost-flags.js'
import type {Progress} from './progress.js'
import {workloadOfFlags} from './workload-of-flags.js'

/** Where prompts stand that tell how many tokens a request has. */
export interface SampleFlags {
  readonly 'prompt-file': string | undefined
  readonly sample: string | undefined
}

export interface CountingFrame {
  readonly connection: Connection
  /** Region of --region. */
  readonly named: string | undefined
  /** Region of the call when --region names none. */
  readonly region: string | undefined
  readonly signal: AbortSignal
  readonly progress: Progress
}

/** The workload of the flags with the tokens of its sample prompts, if there are any; what the flags say of tokens wins. */
export async function countSamples(
  file: string | undefined,
  flags: WorkloadFlags & SampleFlags,
  frame: CountingFrame,
): Promise<(CountedWorkload & {readonly workload: Workload}) | undefined> {
  if (flags.sample === undefined && flags['prompt-file'] === undefined) return undefined
  if (file === undefined) return countWorkload(flags, frame)
  throw usageError('FILE_AND_FLAGS', `${file} says what the workloads are; sample prompts cannot too.`, {
    hint: 'Leave the file out, or put the tokens that were counted into it.',
  })
}

async function countWorkload(
  flags: WorkloadFlags & SampleFlags,
  {connection, named, progress, region, signal}: CountingFrame,
): Promise<CountedWorkload & {readonly workload: Workload}> {
  const [{sampleTokens}, {openInput}, {resolveCall}] = await Promise.all([
    import('../cost/tokens/sample-tokens.js'),
    import('../cost/tokens/open-input.js'),
    import('../cost/workload/resolve-call.js'),
  ])
  const call = resolveCall({model: flags.model ?? '', region: named}, connection.catalog, region)
  if (flags.model === undefined || typeof call === 'string') {
    throw usageError('NOT_PRICED', 'Whose tokens are counted is not known.', {
      why: typeof call === 'string' ? call : '--model is missing',
      hint: 'Name the model and the Region: --model MODEL --region eu-central-1',
    })
  }
  const statistics = await sampleTokens(
    {promptFile: flags['prompt-file'], sampleFile: flags.sample, modelId: call.modelId, region: call.region},
    {
      ...(await counterOf(connection)),
      openFile: openInput,
      now: () => new Date(),
    },
    {signal, onProgress: (counted, of) => progress.update(counted, of, 'prompts counted')},
  )
  const withTokens = (of: (spread: TokenSpread) => number) =>
    workloadOfFlags(
      {
        ...flags,
        'input-tokens': flags['input-tokens'] ?? text(of(statistics.inputTokens)),
        'output-tokens':
          flags['output-tokens'] ?? (statistics.outputTokens && text(of(statistics.outputTokens))) ?? undefined,
      },
      named,
    )
  return {
    statistics,
    workload: withTokens(({mean}) => mean),
    low: withTokens(({low}) => low),
    high: withTokens(({high}) => high),
  }
}

/** Tokens of a mean to a thousandth, as a flag has them. */
const text = (tokens: number): string => tokens.toFixed(3)

async function counterOf({session}: Connection): Promise<{counter?: TokenCounter; noCounter?: string}> {
  return session ? {counter: await session.tokenCounter()} : {noCounter: 'Nothing is called offline.'}
}
