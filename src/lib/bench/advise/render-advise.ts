import {formatCount, formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {BenchAdvice} from './bench-advise.schema.js'
import {mixWords} from './token-mix.js'

type Sensitive = BenchAdvice['sensitivity'][number]

const money = (usd: number) => formatMoney(usd, 'USD')

const COLUMNS: readonly Column<Sensitive>[] = [
  {key: 'what', title: 'IF', value: ({what}) => what, weight: 0},
  {
    key: 'on-premises',
    title: 'ON-PREMISES',
    value: ({onPremisesUsd}) => onPremisesUsd,
    text: ({onPremisesUsd}) => money(onPremisesUsd),
    align: 'right',
    weight: 0,
  },
  {
    key: 'bedrock',
    title: 'BEDROCK',
    value: ({bedrockUsd}) => bedrockUsd,
    text: ({bedrockUsd}) => money(bedrockUsd),
    align: 'right',
    weight: 0,
  },
  {key: 'cheaper', title: 'CHEAPER', value: ({cheaper}) => cheaper, weight: 0},
]

export const adviseView: View<BenchAdvice, Sensitive> = {
  rows: ({sensitivity}) => sensitivity,
  columns: () => COLUMNS,
  text: renderAdvice,
}

async function renderAdvice(advice: BenchAdvice, terminal: Terminal): Promise<string> {
  const say = (text: string) => wrapText(text, terminal.width)
  const blocks = [
    [
      ...say(advice.advice.text).map((line) => paint('strong', line, terminal)),
      ...say(workloadWords(advice)).map((line) => paint('faint', line, terminal)),
    ],
    costLines(advice).flatMap(say),
    breakEvenLines(advice).flatMap(say),
    advice.sensitivity.length === 0 ? [] : [await renderTable(advice.sensitivity, COLUMNS, terminal)],
    advice.cautions.flatMap((text) => say(`Caution: ${text.replace(/\.$/, '')}.`)),
    [...say(`Assumed: ${advice.assumptions.join('; ')}.`), ...say(`Not included: ${advice.excluded.join('; ')}.`)],
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function workloadWords({runs, workload}: BenchAdvice): string {
  const volume = `${formatCount(workload.requestsPerMonth)} requests a month`
  const from = workload.volumeFrom === 'fleet' ? `${volume}, what the GPUs of the run serve` : volume
  return `${from}, ${mixWords(workload)} each; from ${runs.join(' and ')}`
}

function costLines({bedrock, bedrockAbsent, onPremises, sloCosts}: BenchAdvice): readonly string[] {
  const {atSlo, slo, target, withoutSlo} = onPremises
  const serving = (what: string, one: typeof withoutSlo) =>
    `${what}: ${money(one.monthUsd)} a month on ${one.gpus} ${one.gpus === 1 ? 'GPU' : 'GPUs'}, ${money(one.perMillionTokensUsd)} per 1M tokens (${formatCount(one.tokensPerSecondPerGpu)} tokens/s a GPU at ${one.label})`
  return [
    ...(atSlo ? [serving(`${target} within ${slo}`, atSlo)] : []),
    serving(atSlo ? `${target} without objectives` : target, withoutSlo),
    ...(slo !== null && !atSlo ? [`${target} met ${slo} at no level.`] : []),
    bedrock
      ? `Bedrock ${bedrock.model} (${bedrock.region}, ${bedrock.route}, ${bedrock.tier}): ${money(bedrock.monthUsd)} a month, ${money(bedrock.perMillionTokensUsd)} per 1M tokens${bedrock.attainment === null ? '' : `; ${percent(bedrock.attainment)} met the objectives`}`
      : `Bedrock: ${bedrockAbsent}`,
    ...(sloCosts
      ? [
          `The objectives cost ${percent(sloCosts.share)} of the throughput: ${money(sloCosts.monthUsd)} a month, ${money(sloCosts.perMillionTokensUsd)} per 1M tokens.`,
        ]
      : []),
  ]
}

function breakEvenLines({breakEven, onPremises}: BenchAdvice): readonly string[] {
  if (!breakEven) return []
  const words = (what: string, one: typeof breakEven.withoutSlo) => {
    const [first] = one.crossings.filter(({cheaperAbove}) => cheaperAbove === 'on-premises')
    const level =
      one.utilisation > 1
        ? `${what}, GPUs never cost less: they would have to do ${percent(one.utilisation)} of what was measured`
        : `${what}, GPUs cost less above ${percent(one.utilisation)} utilisation, ${formatCount(one.requestsPerMonth)} requests a month for ${onPremises.gpus === 1 ? 'one GPU' : `${onPremises.gpus} GPUs`}`
    return first
      ? `${level}; at ${percent(onPremises.utilisation)} from ${formatCount(first.requestsPerMonth)} a month on.`
      : `${level}.`
  }
  return [
    ...(breakEven.atSlo ? [words('Within the objectives', breakEven.atSlo)] : []),
    words(breakEven.atSlo ? 'Without them' : 'By throughput', breakEven.withoutSlo),
  ]
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}
