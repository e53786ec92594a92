import {plural, sizeWords} from '../../core/text.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {widthOf, wrapText} from '../../output/wrap.js'
import type {BatchPlan, PlannedJob} from './batch-plan.schema.js'
import {countWords, durationWords} from './plan-words.js'

const COLUMNS: readonly Column<PlannedJob>[] = [
  {key: 'number', title: 'JOB', value: ({number}) => number, align: 'right'},
  {key: 'records', title: 'RECORDS', value: ({records}) => records, align: 'right'},
  {key: 'bytes', title: 'BYTES', value: ({bytes}) => bytes, align: 'right'},
  {key: 'segments', title: 'SEGMENTS', value: ({segments}) => segments, align: 'right'},
  {key: 'sha256', title: 'SHA-256', value: ({sha256}) => sha256},
]

export const batchPlanView: View<BatchPlan, PlannedJob> = {
  rows: ({jobs}) => jobs,
  columns: () => COLUMNS,
  text: renderPlan,
}

const LABEL = 9

function renderPlan(result: BatchPlan, terminal: Terminal): string {
  const {refusal} = result
  const lines = [
    ...labelled('checked', [checkedWords(result), rejectedWords(result)], terminal),
    ...result.problems.flatMap((problem) => problemLines(problem, terminal)),
    ...labelled('model', [modelWords(result), result.model.why ?? ''], terminal),
    ...(refusal
      ? [
          ...labelled(paint('bad', 'refused', terminal), [refusal.said], terminal),
          ...labelled('', [refusal.hint], terminal),
        ]
      : labelled('plan', planWords(result), terminal)),
    ...labelled('price', priceWords(result), terminal),
    ...(refusal
      ? []
      : [
          ...labelled('time', [timeWords(result)], terminal),
          ...labelled('upload', [`to ${result.staging}`, `answers to ${result.results}`], terminal),
        ]),
    ...checkLines(result.preflight, terminal),
    ...footLines(result, terminal),
  ]
  return lines.join('\n')
}

function checkedWords({input}: BatchPlan): string {
  return `${countWords(input.records + input.rejected)} records, ${sizeWords(input.bytes)}`
}

function rejectedWords({input, problems}: BatchPlan): string {
  if (input.rejected === 0) return 'none rejected'
  const codes = problems.filter(({severity}) => severity === 'error').map(({code}) => code)
  return `${countWords(input.rejected)} rejected (${codes.join(', ')})`
}

function modelWords({api, model, region}: BatchPlan): string {
  const route = {'in-region': 'In-Region', geo: 'geographic profile', global: 'Global profile'}
  const way = model.route === null ? 'of this account' : route[model.route]
  return `${model.id}, ${way}, from ${region}, records for ${api}`
}

function planWords({jobs, limits, maxOpenJobs, openJobs}: BatchPlan): readonly string[] {
  const most = Math.max(0, ...jobs.map(({records}) => records))
  const largest = Math.max(0, ...jobs.map(({bytes}) => bytes))
  const inUse = openJobs === null ? 'in use: not read' : `${countWords(openJobs)} in use`
  const quota = limits.openJobs.source.startsWith('Service Quotas') ? 'quota' : 'default quota'
  const upTo = jobs.length === 1 ? '' : '≤ '
  return [
    `${plural(jobs.length, 'job')} of ${upTo}${countWords(most)} records, ${upTo}${sizeWords(largest)}`,
    `${maxOpenJobs ?? 0} at a time (${quota} ${countWords(limits.openJobs.value)} open, ${inUse})`,
  ]
}

function priceWords({price}: BatchPlan): readonly string[] {
  const money = (amount: string | null) => (amount === null ? 'unknown' : formatMoney(Number(amount), price.currency))
  const output =
    price.outputTokensAtMost === null ? 'no limit set' : `≤ ${formatCount(price.outputTokensAtMost)} tokens`
  const images = price.records.images === 0 ? [] : [`without the images of ${countWords(price.records.images)} records`]
  const range =
    price.inputLow === null || price.inputHigh === null ? '' : `, ${money(price.inputLow)} to ${money(price.inputHigh)}`
  return [
    `input ${money(price.input)} (${formatCount(price.inputTokens)} tokens${range})`,
    `output ≤ ${money(price.outputAtMost)} (${output})`,
    ...images,
    `batch rates of ${price.asOf === '' ? 'no known date' : price.asOf.slice(0, 10)}`,
    `tokens ${price.counted}`,
  ]
}

function timeWords({duration}: BatchPlan): string {
  if (duration === null) return 'unknown: no job of the model has finished here in the last 30 days'
  const {highSeconds, jobs, lowSeconds} = duration
  const range = lowSeconds === highSeconds ? '' : ` to ${durationWords(highSeconds)}`
  return `${durationWords(lowSeconds)}${range}, queue included, by ${plural(jobs, 'earlier job')} of the model here`
}

const MEANINGS: Readonly<Record<PreflightCheck['verdict'], Meaning>> = {
  ok: 'good',
  fail: 'bad',
  unknown: 'warn',
  'not-applicable': 'faint',
}

/** What is well in one line; what is not with its reason; then what mends it, each remedy once. */
function checkLines(preflight: readonly PreflightCheck[], terminal: Terminal): readonly string[] {
  const fine = preflight.filter(({fix, verdict}) => verdict === 'ok' && fix === null)
  const others = preflight.filter(
    ({fix, verdict}) => verdict !== 'not-applicable' && (verdict !== 'ok' || fix !== null),
  )
  const fixes = new Set(others.flatMap(({fix}) => fix ?? []))
  return [
    ...labelled(
      'checks',
      fine.map(({id}) => `${id} ok`),
      terminal,
      ' · ',
    ),
    ...others.flatMap(({id, said, verdict}) => {
      const word = verdict === 'ok' ? 'WARN' : verdict.toUpperCase()
      const meaning = verdict === 'ok' ? 'warn' : MEANINGS[verdict]
      return labelled('', [`${paint(meaning, word, terminal)}  ${id}: ${said}`], terminal)
    }),
    ...[...fixes].flatMap((fix) => labelled('fix', [fix], terminal)),
  ]
}

function problemLines(problem: BatchPlan['problems'][number], terminal: Terminal): readonly string[] {
  const {code, count, lines, path, severity, text} = problem
  const word = severity === 'error' ? paint('bad', 'ERROR', terminal) : paint('warn', 'WARN', terminal)
  const where = lines.map(({line}) => String(line)).join(', ')
  const place = path === null ? '' : ` ${path}`
  return [
    ...labelled(
      '',
      [`${word}  ${code}${place}  ${countWords(count)}×, line ${where}${count > lines.length ? ', …' : ''}`],
      terminal,
    ),
    ...labelled('', [text], terminal),
  ]
}

function footLines({gate, saved}: BatchPlan, terminal: Terminal): readonly string[] {
  if (saved !== null) return labelled('saved', [saved, `next: bedrockctl batch submit ${saved}`], terminal)
  return gate.passed
    ? []
    : labelled(paint('bad', 'FAIL', terminal), ['not saved: it could not work as it is'], terminal)
}

/** Parts side by side where they fit, else below each other; all behind the label. */
function labelled(label: string, parts: readonly string[], terminal: Terminal, glue = '    '): readonly string[] {
  const width = terminal.width - LABEL
  const lines: string[] = []
  for (const part of parts.filter((one) => one !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(last) + widthOf(glue) + widthOf(part) <= Math.min(width, 120)) {
      lines[lines.length - 1] = `${last}${glue}${part}`
    } else lines.push(...wrapText(part, width))
  }
  const head = label + ' '.repeat(Math.max(0, LABEL - widthOf(label)))
  return lines.map((line, index) => (index === 0 ? `${head}${line}` : `${' '.repeat(LABEL)}${line}`))
}
