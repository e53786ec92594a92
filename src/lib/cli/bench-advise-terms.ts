import type {AdviseInput} from '../bench/advise/advise.js'
import {type Decimal, decimal} from '../core/decimal.js'
import {usageError} from '../core/errors.js'
import {parseMonthlyVolume, parseShare} from '../core/quantity.js'
import type {BenchAdviseFlags} from './bench-advise-flags.js'
import type {OwnTarget} from './bench-own-target.js'
import type {WorkloadFlags} from './cost-flags.js'
import {dollars, readNumber, wholeNumber} from './read-number.js'

/** What is paid and asked for. */
export type AdviseTerms = Pick<AdviseInput, 'gpus' | 'gpuHourly' | 'utilisation' | 'mix' | 'requests'>

type Flags = BenchAdviseFlags & Pick<WorkloadFlags, 'requests' | 'input-tokens' | 'output-tokens'>
type Name = 'gpu-hourly' | 'gpus' | 'utilisation' | 'input-tokens' | 'output-tokens' | 'requests'

const DEFAULT_UTILISATION = '0.5'

/** The flags over what the run knows itself; throws one usage error with everything that is missing or wrong. */
export async function readTerms(flags: Flags, own: OwnTarget): Promise<AdviseTerms> {
  const {otherMix} = await import('../bench/advise/token-mix.js')
  const problems: string[] = []
  const known = own.target.gpuHourly
  const read = (name: Name, example: string, parse?: (text: string) => Decimal | undefined) =>
    readNumber([name, flags[name]], example, problems, parse)
  const gpus = read('gpus', '2', wholeNumber) ?? (known ? decimal(known.gpus) : undefined)
  const gpuHourly = read('gpu-hourly', '2.50', dollars) ?? (known ? decimal(known.usd).div(known.gpus) : undefined)
  const utilisation = read('utilisation', '60% or 0.6', parseShare) ?? decimal(DEFAULT_UTILISATION)
  const input = read('input-tokens', '3000 or 1.5k')
  const output = read('output-tokens', '500')
  const requests = read('requests', '200k/month or 3/s', parseMonthlyVolume)
  const missing = missingOf(flags, known !== null)
  const mix = {
    inputTokens: input?.toNumber() ?? own.withoutSlo.inputTokens,
    outputTokens: output?.toNumber() ?? own.withoutSlo.outputTokens,
    from: input || output ? ('asked' as const) : ('run' as const),
  }
  const other = flags['other-mix'] ? undefined : otherMix(mix, own.withoutSlo)
  if (other !== undefined) {
    problems.push(`${other}: throughput was measured for another mix; --other-mix takes it all the same`)
  }
  if (problems.length + missing.length === 0 && gpus && gpuHourly) {
    return {gpus: gpus.toNumber(), gpuHourly, utilisation, mix, requests}
  }
  throw usageError('BENCH_ADVICE', 'There is no advice on this as it stands.', {
    why: [...problems, ...missing].join('\n'),
    hint: 'Say it as --run latest --gpu-hourly 2.50 --gpus 1 --model MODEL --region REGION.',
  })
}

function missingOf(flags: Flags, known: boolean): readonly string[] {
  if (known) return []
  return [
    ...(flags.gpus === undefined ? ['--gpus is missing: how many GPUs served the run together'] : []),
    ...(flags['gpu-hourly'] === undefined ? ['--gpu-hourly is missing: what one of them costs an hour'] : []),
  ]
}
