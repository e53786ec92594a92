import {type Decimal, decimal, roundedUp, toNumber} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {BenchAdvice} from './bench-advise.schema.js'
import type {MeasuredServing, MeasuredTarget} from './measured-serving.js'
import {mixWords, type TokenMix} from './token-mix.js'

export interface AdviseInput {
  readonly simulated: boolean
  readonly runs: readonly string[]
  readonly measured: MeasuredTarget & {readonly withoutSlo: MeasuredServing}
  readonly slo: string | null
  /** Of the run, together: one copy of the model. */
  readonly gpus: number
  readonly gpuHourly: Decimal
  readonly utilisation: Decimal
  readonly mix: TokenMix & {readonly from: 'asked' | 'run'}
  /** A month; undefined: what the measured GPUs serve. */
  readonly requests: Decimal | undefined
  readonly bedrock: BedrockOffer | {readonly why: string}
  readonly cautions: readonly string[]
}

/** The same workload on Bedrock, priced. */
export interface BedrockOffer {
  readonly model: string
  readonly region: string
  readonly route: string
  readonly tier: string
  readonly perRequest: Decimal
  readonly prices: NonNullable<BenchAdvice['prices']>
  readonly attainment: number | null
  /** Where the curves of the two cross, for a throughput of one GPU. */
  crossings(tokensPerSecondPerGpu: Decimal): NonNullable<BenchAdvice['breakEven']>['withoutSlo']['crossings']
  readonly assumptions: readonly string[]
  readonly excluded: readonly string[]
}

const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600
const MILLION = 1_000_000

/** On-premises or Bedrock for a workload, by what was measured and what is paid; pure. */
export function advise(input: AdviseInput): BenchAdvice {
  const {bedrock, measured, mix, utilisation} = input
  const main = measured.atSlo ?? measured.withoutSlo
  const requests = input.requests ?? servedBy(input, main)
  const offer = 'why' in bedrock ? undefined : bedrock
  const atSlo = measured.atSlo && toServing(input, measured.atSlo, requests)
  const withoutSlo = toServing(input, measured.withoutSlo, requests)
  const own = atSlo ?? withoutSlo
  return {
    schemaVersion: 1,
    simulated: input.simulated,
    unread: [],
    prices: offer?.prices ?? null,
    runs: input.runs,
    workload: {
      requestsPerMonth: toNumber(requests),
      inputTokens: mix.inputTokens,
      outputTokens: mix.outputTokens,
      volumeFrom: input.requests ? 'asked' : 'fleet',
      mixFrom: mix.from,
    },
    onPremises: {
      target: measured.target.name,
      model: measured.target.model,
      gpus: input.gpus,
      gpuHourlyUsd: toNumber(input.gpuHourly),
      utilisation: toNumber(utilisation),
      slo: input.slo,
      atSlo,
      withoutSlo,
    },
    bedrock: offer ? toBedrock(offer, requests, tokensOf(mix)) : null,
    bedrockAbsent: 'why' in bedrock ? bedrock.why : null,
    sloCosts: sloCosts(input, requests),
    breakEven: offer
      ? {
          atSlo: measured.atSlo && breakEvenOf(input, offer, measured.atSlo),
          withoutSlo: breakEvenOf(input, offer, measured.withoutSlo),
        }
      : null,
    sensitivity: offer ? sensitivityOf(input, offer, main, requests) : [],
    advice: adviceOf(input, offer, main, own.monthUsd, requests),
    cautions: input.cautions,
    assumptions: [...assumedOf(input), ...(offer?.assumptions ?? [])],
    excluded: [
      'what --gpu-hourly leaves out: power, space, network, people',
      'whether the two models answer equally well: nobody has compared their answers here',
      ...(offer?.excluded ?? []),
    ],
  }
}

function tokensOf({inputTokens, outputTokens}: TokenMix): Decimal {
  return decimal(inputTokens).plus(outputTokens)
}

/** Requests a second of one copy, for the tokens of the workload: tokens a second are taken to be the same. */
function requestsPerSecond({mix}: AdviseInput, serving: MeasuredServing): Decimal {
  return decimal(serving.tokensPerSecond).div(tokensOf(mix))
}

/** Of a month, by the copy that was measured. */
function servedBy(input: AdviseInput, serving: MeasuredServing): Decimal {
  return requestsPerSecond(input, serving).times(SECONDS_PER_MONTH).times(input.utilisation).round(0, 0)
}

function copyMonth({gpuHourly, gpus}: AdviseInput): Decimal {
  return gpuHourly.times(gpus).times(HOURS_PER_MONTH)
}

function copiesFor(input: AdviseInput, serving: MeasuredServing, requests: Decimal): Decimal {
  const most = requestsPerSecond(input, serving).times(SECONDS_PER_MONTH).times(input.utilisation)
  const copies = roundedUp(requests.div(most))
  return copies.lt(1) ? decimal(1) : copies
}

type Serving = BenchAdvice['onPremises']['withoutSlo']

function toServing(input: AdviseInput, serving: MeasuredServing, requests: Decimal): Serving {
  const copies = copiesFor(input, serving, requests)
  const month = copyMonth(input).times(copies)
  const perRequest = month.div(requests)
  return {
    label: serving.label,
    cells: serving.cells,
    requestsPerSecond: serving.requestsPerSecond,
    tokensPerSecondPerGpu: serving.tokensPerSecond / input.gpus,
    gpus: copies.times(input.gpus).toNumber(),
    monthUsd: toNumber(month),
    perRequestUsd: toNumber(perRequest),
    perMillionTokensUsd: toNumber(perRequest.times(MILLION).div(tokensOf(input.mix))),
  }
}

function toBedrock(offer: BedrockOffer, requests: Decimal, tokens: Decimal): NonNullable<BenchAdvice['bedrock']> {
  const {attainment, model, perRequest, region, route, tier} = offer
  return {
    ...{model, region, route, tier, attainment},
    monthUsd: toNumber(perRequest.times(requests)),
    perRequestUsd: toNumber(perRequest),
    perMillionTokensUsd: toNumber(perRequest.times(MILLION).div(tokens)),
  }
}

/** Copies are not rounded here: the difference of the two throughputs, not of two whole numbers. */
function sloCosts(input: AdviseInput, requests: Decimal): BenchAdvice['sloCosts'] {
  const {atSlo, withoutSlo} = input.measured
  if (!atSlo) return null
  const month = (serving: MeasuredServing) =>
    copyMonth(input)
      .times(requests)
      .div(requestsPerSecond(input, serving).times(SECONDS_PER_MONTH).times(input.utilisation))
  const over = month(atSlo).minus(month(withoutSlo))
  return {
    share: 1 - atSlo.tokensPerSecond / withoutSlo.tokensPerSecond,
    monthUsd: toNumber(over),
    perMillionTokensUsd: toNumber(over.div(requests).times(MILLION).div(tokensOf(input.mix))),
  }
}

type BreakEven = NonNullable<BenchAdvice['breakEven']>['withoutSlo']

/** GPU and Bedrock cost the same for a token there. */
function breakEvenOf(input: AdviseInput, offer: BedrockOffer, serving: MeasuredServing): BreakEven {
  const volume = copyMonth(input).div(offer.perRequest)
  const most = requestsPerSecond(input, serving).times(SECONDS_PER_MONTH)
  return {
    utilisation: toNumber(volume.div(most)),
    requestsPerMonth: toNumber(volume),
    crossings: offer.crossings(decimal(serving.tokensPerSecond).div(input.gpus)),
  }
}

type Sensitive = BenchAdvice['sensitivity'][number]

/** One thing changed at a time, the rest as it is. */
function sensitivityOf(
  input: AdviseInput,
  offer: BedrockOffer,
  serving: MeasuredServing,
  requests: Decimal,
): readonly Sensitive[] {
  const row = (what: string, own: AdviseInput, measured: MeasuredServing, factor = 1, volume = requests): Sensitive => {
    const onPremises = copyMonth(own).times(copiesFor(own, measured, volume))
    const bedrock = offer.perRequest.times(volume).times(decimal(factor))
    return {
      what,
      onPremisesUsd: toNumber(onPremises),
      bedrockUsd: toNumber(bedrock),
      cheaper: onPremises.lt(bedrock) ? 'on-premises' : 'bedrock',
    }
  }
  const at = (tokens: number): MeasuredServing => ({...serving, tokensPerSecond: serving.tokensPerSecond * tokens})
  const used = (share: Decimal): AdviseInput => ({...input, utilisation: share.gt(1) ? decimal(1) : share})
  const ends = serving.interval && serving.requestsPerSecond > 0 ? serving.interval : undefined
  return [
    row('as measured', input, serving),
    ...(ends
      ? [
          row('throughput at the low end of its interval', input, at(ends.low / serving.requestsPerSecond)),
          row('throughput at the high end of its interval', input, at(ends.high / serving.requestsPerSecond)),
        ]
      : []),
    row('GPUs 20 % dearer', {...input, gpuHourly: input.gpuHourly.times('1.2')}, serving),
    row('GPUs 20 % cheaper', {...input, gpuHourly: input.gpuHourly.times('0.8')}, serving),
    row('half the utilisation', used(input.utilisation.div(2)), serving),
    row('GPUs always full', used(decimal(1)), serving),
    row('Bedrock 20 % dearer', input, serving, 1.2),
    row('Bedrock 20 % cheaper', input, serving, 0.8),
    row('half the volume', input, serving, 1, requests.div(2)),
    row('twice the volume', input, serving, 1, requests.times(2)),
  ]
}

/** Closer than this, what was left out decides. */
const CLOSE = 0.1

function adviceOf(
  input: AdviseInput,
  offer: BedrockOffer | undefined,
  main: MeasuredServing,
  own: number,
  requests: Decimal,
): BenchAdvice['advice'] {
  if (!offer) return {choice: 'unknown', text: 'Without a price of Bedrock there is nothing to set beside the GPUs.'}
  const bedrock = toNumber(offer.perRequest.times(requests))
  const {utilisation} = breakEvenOf(input, offer, main)
  const point =
    utilisation > 1 ? 'even full GPUs cost more' : `they cost the same at ${percent(utilisation)} utilisation`
  const cheaper = own < bedrock ? 'on-premises' : 'bedrock'
  const share = Math.abs(own - bedrock) / Math.max(own, bedrock)
  if (share < CLOSE) {
    return {choice: 'too-close', text: `The two are within ${percent(CLOSE)} of each other; ${point}.`}
  }
  const name = cheaper === 'bedrock' ? 'Bedrock' : 'On-premises'
  return {choice: cheaper, text: `${name} costs ${percent(share)} less for this workload; ${point}.`}
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}

function assumedOf({gpus, measured, mix, utilisation}: AdviseInput): readonly string[] {
  const copy = gpus === 1 ? 'one GPU' : `${gpus} GPUs`
  return [
    `a month has ${HOURS_PER_MONTH} hours, and GPUs are paid for in all of them`,
    `GPUs are used to ${utilisation.times(100)} % of what was measured over the month, in whole copies of ${copy}`,
    `the run had ${mixWords(measured.withoutSlo)} a request${mix.from === 'asked' ? `, the workload ${mixWords(mix)}: tokens a second are taken to be the same` : ''}`,
    'more copies serve in proportion',
    ...(measured.atSlo?.interval
      ? ['the interval of good requests is that of all requests, by the share of them that was good']
      : []),
  ]
}
