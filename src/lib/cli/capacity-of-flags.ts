import {type Decimal, decimal} from '../core/decimal.js'
import {parseShare} from '../core/quantity.js'
import type {CapacityChoices} from '../cost/compare/capacity-candidates.js'
import type {CompareFlags} from './compare-flags.js'
import {dollars, readNumber, wholeNumber} from './read-number.js'

const KINDS = {
  'self-hosted': {needs: ['gpu-hourly', 'tokens-per-second'], may: ['utilisation', 'gpus']},
  reserved: {needs: [], may: ['reserved-input-tpm', 'reserved-output-tpm', 'peak-factor']},
  provisioned: {needs: ['model-units'], may: []},
} as const

type Kind = keyof typeof KINDS
type Name = (typeof KINDS)[Kind]['needs' | 'may'][number]

/** The capacity that the flags describe; what is missing or wrong is added to `problems`. */
export function capacityOfFlags(flags: CompareFlags, problems: string[]): CapacityChoices {
  const included = new Set(flags.include)
  for (const kind of Object.keys(KINDS) as Kind[]) problems.push(...strayFlags(kind, included.has(kind), flags))
  const read = (name: Name, example: string, parse?: (text: string) => Decimal | undefined) =>
    readNumber([name, flags[name]], example, problems, parse)
  const gpuHourly = read('gpu-hourly', '2.50', dollars)
  const tokensPerSecond = read('tokens-per-second', '1800')
  const utilisation = read('utilisation', '60% or 0.6', parseShare)
  const gpus = read('gpus', '2', wholeNumber)
  const inputTokensPerMinute = read('reserved-input-tpm', '200k')
  const outputTokensPerMinute = read('reserved-output-tpm', '20k')
  const peakFactor = read('peak-factor', '3')
  const modelUnits = read('model-units', '1', wholeNumber)
  return {
    selfHosted:
      gpuHourly && tokensPerSecond
        ? {gpuHourly, tokensPerSecond, utilisation: utilisation ?? decimal('0.5'), gpus}
        : undefined,
    reserved: included.has('reserved')
      ? {inputTokensPerMinute, outputTokensPerMinute, peakFactor: peakFactor ?? decimal(2)}
      : undefined,
    modelUnits: included.has('provisioned') ? modelUnits : undefined,
  }
}

/** Flags that a kind needs and lacks, and flags of a kind that is not asked for. */
function strayFlags(kind: Kind, included: boolean, flags: CompareFlags): readonly string[] {
  const {may, needs} = KINDS[kind]
  if (included) {
    return needs.filter((name) => flags[name] === undefined).map((name) => `--include ${kind} needs --${name}`)
  }
  return [...needs, ...may]
    .filter((name) => flags[name] !== undefined)
    .map((name) => `--${name} is for --include ${kind}`)
}
