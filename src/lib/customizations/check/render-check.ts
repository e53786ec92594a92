import {manyOf, sizeWords} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {CustomizationCheck, DatasetFile, DatasetFinding} from './customization-check.schema.js'
import {renderCheckSarif} from './render-check-sarif.js'

const COLUMNS: readonly Column<DatasetFinding>[] = [
  {key: 'severity', title: 'SEVERITY', value: ({severity}) => severity},
  {key: 'code', title: 'CODE', value: ({code}) => code},
  {key: 'file', title: 'FILE', value: ({file}) => file ?? ''},
  {key: 'path', title: 'PATH', value: ({path}) => path ?? ''},
  {key: 'count', title: 'COUNT', value: ({count}) => count, align: 'right'},
  {key: 'lines', title: 'FIRST LINES', value: ({lines}) => lines.map(({line}) => String(line))},
  {key: 'fixable', title: 'FIXABLE', value: ({fixable}) => fixable},
  {key: 'text', title: 'TEXT', value: ({text}) => text},
  {key: 'fix', title: 'FIX', value: ({fix}) => fix},
]

/** `version` is that of this program, for SARIF. */
export function checkView(version: string): View<CustomizationCheck, DatasetFinding> {
  return {
    rows: ({findings}) => findings,
    columns: () => COLUMNS,
    text: renderCheck,
    extra: {sarif: (result) => renderCheckSarif(result, version)},
  }
}

const FORMAT = new Intl.NumberFormat('en-US')
const INDENT = '      '
/** So many lines of a finding are told on a terminal. */
const FIRST_LINES = 5
const BAR = 30

function renderCheck(result: CustomizationCheck, terminal: Terminal): string {
  return [
    ...headOf(result, terminal),
    ...result.files.flatMap((file) => ['', ...fileLines(file, terminal)]),
    ...result.findings.flatMap((finding) => ['', ...findingLines(finding, terminal)]),
    ...footOf(result, terminal),
  ].join('\n')
}

function headOf({base, format, gate, limits, tokenRule}: CustomizationCheck, terminal: Terminal): readonly string[] {
  const verdict = gate.passed ? paint('good', 'PASS', terminal) : paint('bad', 'FAIL', terminal)
  const {leastRows, mostRows, rowsFrom} = limits
  const bounds = [
    leastRows === null ? '' : `at least ${FORMAT.format(leastRows)}`,
    mostRows === null ? '' : `at most ${FORMAT.format(mostRows)}`,
  ]
  const rows = bounds.filter((word) => word !== '').join(', ')
  return [
    `${verdict}  ${base.type} of ${base.id}${base.region === null ? '' : ` in ${base.region}`}`,
    ...wrapped(
      `held against ${format.name}${rows === '' ? '' : `; ${rows} rows (${rowsFrom}, ${limits.asOf.slice(0, 10)})`}`,
      terminal,
    ),
    ...wrapped(`tokens by characters: ${tokenRule}`, terminal),
  ]
}

function fileLines(file: DatasetFile, terminal: Terminal): readonly string[] {
  const {bytes, histogram, longest, name, role, rows, tokens, wrongRows} = file
  const wrong = wrongRows === 0 ? '' : `, ${FORMAT.format(wrongRows)} wrong`
  const media = (['images', 'videos', 'documents'] as const).filter((kind) => file[kind] > 0)
  const most = Math.max(...histogram.map((bucket) => bucket.rows))
  const unit = terminal.unicode ? '█' : '#'
  const labels = histogram.map(({beyond, least}) => `${FORMAT.format(least)} to ${FORMAT.format(beyond - 1)}`)
  const width = Math.max(0, ...labels.map(({length}) => length))
  return [
    `${role}  ${name}: ${counted(rows, 'row')}${wrong}, ${sizeWords(bytes)}`,
    ...wrapped(
      `about ${FORMAT.format(tokens.mean)} tokens of text (${FORMAT.format(tokens.low)} to ${FORMAT.format(tokens.high)})${
        longest === null ? '' : `; the longest row about ${FORMAT.format(longest.tokens)}, on line ${longest.line}`
      }`,
      terminal,
    ),
    ...(media.length === 0
      ? []
      : [`${INDENT}${media.map((kind) => `${FORMAT.format(file[kind])} ${kind}`).join(', ')}`]),
    ...(histogram.length === 0 ? [] : [paint('faint', `${INDENT}tokens of a row`, terminal)]),
    ...histogram.map((bucket, index) => {
      const bar = unit.repeat(bucket.rows === 0 ? 0 : Math.max(1, Math.round((bucket.rows / most) * BAR)))
      return `${INDENT}${(labels[index] ?? '').padStart(width)}  ${bar.padEnd(BAR)} ${FORMAT.format(bucket.rows)}`
    }),
  ]
}

const WORDS = {error: ['bad', 'ERROR'], warning: ['warn', 'WARN '], note: ['faint', 'NOTE ']} as const

function findingLines(finding: DatasetFinding, terminal: Terminal): readonly string[] {
  const {code, count, file, fix, fixable, lines, path, severity, text} = finding
  const [meaning, word] = WORDS[severity]
  const place = path === null ? '' : `  ${path}`
  const first = lines.slice(0, FIRST_LINES)
  const numbers = first.map(({line}) => FORMAT.format(line)).join(', ')
  const more = count > first.length && lines.length >= FIRST_LINES ? ', …' : ''
  const shown = first.filter(({row}) => row !== null)
  return [
    `${paint(meaning, word, terminal)} ${code}${place}  ${FORMAT.format(count)}×${fixable ? '  --fix repairs it' : ''}`,
    ...wrapped(text, terminal),
    ...wrapped(fix, terminal),
    ...(first.length === 0
      ? []
      : [paint('faint', `${INDENT}${file} ${first.length === 1 ? 'line' : 'lines'} ${numbers}${more}`, terminal)]),
    ...shown.flatMap(({line, row}) => wrapped(`${line}: ${row}`, terminal)),
  ]
}

function footOf(result: CustomizationCheck, terminal: Terminal): readonly string[] {
  const {copies, findings, media, price, rejects} = result
  const canFix = copies.length === 0 && findings.some(({fixable}) => fixable)
  const priceLines = price === null ? [] : wrapText(`price    ${priceWords(price)}`, terminal.width)
  const lines = [
    ...priceLines,
    ...(media.checked === 0
      ? []
      : [`media    ${FORMAT.format(media.checked)} of ${FORMAT.format(media.named)} looked at in S3`]),
    ...copies.map(
      ({dropped, file, repaired, rows, wrong}) =>
        `fixed    ${file}: ${counted(rows, 'row')}${tally(', repaired', repaired)}${tally(', left out', dropped)}${
          wrong > 0 ? `; ${FORMAT.format(wrong)} still wrong` : ''
        }`,
    ),
    ...(rejects ? [`rejects  ${rejects.file}: ${counted(rejects.lines, 'line')}`] : []),
    ...(canFix ? ['next     the same with --fix FILE --rejects FILE'] : []),
  ]
  return lines.length > 0 ? ['', ...lines] : []
}

function priceWords(price: NonNullable<CustomizationCheck['price']>): string {
  if (price.amount === null) return price.said
  const storage =
    price.storagePerMonth === null ? '' : `, and ${price.storagePerMonth} ${price.currency} a month for keeping a model`
  const amount = Number(price.amount).toFixed(2)
  return `about ${amount} ${price.currency} for ${FORMAT.format(price.tokens)} tokens × ${counted(price.epochs, 'epoch')} (${price.epochsFrom}) in ${price.region}${storage}. ${price.said}`
}

function tally(word: string, counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([code, count]) => `${FORMAT.format(count)} ${code}`)
  return parts.length === 0 ? '' : `${word} ${parts.join(', ')}`
}

function counted(count: number, noun: string): string {
  return `${FORMAT.format(count)} ${count === 1 ? noun : manyOf(noun)}`
}

function wrapped(text: string, terminal: Terminal): readonly string[] {
  return wrapText(text, terminal.width - INDENT.length).map((line) => `${INDENT}${line}`)
}
