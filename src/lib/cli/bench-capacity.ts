import type {TokenMix} from '../bench/advise/token-mix.js'
import type {Decimal} from '../core/decimal.js'
import {usageError} from '../core/errors.js'
import type {BenchCapacityFlags} from './bench-capacity-flags.js'
import {readNumber, wholeNumber} from './read-number.js'

/** What a run says of GPUs of one's own, as flags say it. */
export interface BenchCapacity {
  /** Of one GPU, input and output tokens together. */
  readonly tokensPerSecond: string
  /** Of one GPU, in USD; undefined where the run does not know. */
  readonly gpuHourly: string | undefined
  readonly gpus: string
  readonly mix: TokenMix
  /** Where the figures are from, in words. */
  readonly note: string
}

type Taken = 'tokens-per-second' | 'gpu-hourly' | 'input-tokens' | 'output-tokens'
type Filled = BenchCapacityFlags & Readonly<Record<Taken, string | undefined>>

/** The run of `--bench`; undefined without. Throws where the run cannot be used, or says less than is needed. */
export async function benchCapacity(flags: Filled): Promise<BenchCapacity | undefined> {
  if (flags.bench === undefined) {
    const strays = (['own', 'bench-gpus'] as const).filter((name) => flags[name] !== undefined)
    if (strays.length === 0 && !flags['other-mix']) return undefined
    throw refusal([...strays, ...(flags['other-mix'] ? ['other-mix'] : [])].map((name) => `--${name} is for --bench`))
  }
  const [{openMeasured}, {ownTarget, sloWords}, {mixWords}] = await Promise.all([
    import('./open-measured.js'),
    import('./bench-own-target.js'),
    import('../bench/advise/token-mix.js'),
  ])
  const own = await ownTarget(await openMeasured([flags.bench]), flags.own)
  const problems: string[] = []
  if (flags['tokens-per-second'] !== undefined)
    problems.push('--tokens-per-second and --bench say the same thing: give one')
  const typed = readNumber(['bench-gpus', flags['bench-gpus']], '2', problems, wholeNumber)?.toNumber()
  const known = own.target.gpuHourly
  const gpus = typed ?? known?.gpus
  if (gpus === undefined) problems.push('--bench-gpus is missing: how many GPUs served the run together')
  if (problems.length > 0 || gpus === undefined) throw refusal(problems)
  const serving = own.atSlo ?? own.withoutSlo
  const slo = own.atSlo ? sloWords(own.run.slo) : null
  const perGpu = (serving.tokensPerSecond / gpus).toFixed(6)
  return {
    tokensPerSecond: perGpu,
    gpuHourly: known ? (known.usd / known.gpus).toFixed(6) : undefined,
    gpus: String(gpus),
    mix: serving,
    note: `${Math.round(Number(perGpu))} tokens/s a GPU were measured: run ${own.run.id}, ${own.target.name} at ${serving.label}${slo === null ? '' : ` within ${slo}`}, ${mixWords(serving)} a request`,
  }
}

/** The flags with what the run says where they are silent; lengths too, unless a file has them. */
export function withBench<Flags extends Filled>(
  flags: Flags,
  run: BenchCapacity | undefined,
  file: string | undefined,
): Flags {
  if (!run) return flags
  const lengths = {
    'input-tokens': flags['input-tokens'] ?? run.mix.inputTokens.toFixed(6),
    'output-tokens': flags['output-tokens'] ?? run.mix.outputTokens.toFixed(6),
  }
  return {
    ...flags,
    'tokens-per-second': run.tokensPerSecond,
    'gpu-hourly': flags['gpu-hourly'] ?? run.gpuHourly,
    ...(file === undefined ? lengths : {}),
  }
}

/** Refuses a workload of other lengths than the run had, unless they are asked for. */
export async function holdMix(
  run: BenchCapacity | undefined,
  workload: {readonly inputTokens: Decimal; readonly outputTokens: Decimal},
  otherMixWanted: boolean,
): Promise<void> {
  if (!run || otherMixWanted) return
  const {otherMix} = await import('../bench/advise/token-mix.js')
  const {inputTokens, outputTokens} = workload
  const other = otherMix({inputTokens: inputTokens.toNumber(), outputTokens: outputTokens.toNumber()}, run.mix)
  if (other === undefined) return
  throw refusal([`${other}: throughput was measured for another mix; --other-mix takes it all the same`])
}

function refusal(problems: readonly string[]): Error {
  return usageError('BENCH_CAPACITY', 'The run cannot stand in for the GPUs as it stands.', {
    why: problems.join('\n'),
    hint: 'See bedrockctl bench show RUN, and measure the workload that is meant.',
  })
}
