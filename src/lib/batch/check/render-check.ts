import {manyOf, sizeWords} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {BatchCheck, CheckProblem} from './batch-check.schema.js'

const COLUMNS: readonly Column<CheckProblem>[] = [
  {key: 'severity', title: 'SEVERITY', value: ({severity}) => severity},
  {key: 'code', title: 'CODE', value: ({code}) => code},
  {key: 'path', title: 'PATH', value: ({path}) => path},
  {key: 'count', title: 'COUNT', value: ({count}) => count, align: 'right'},
  {key: 'lines', title: 'FIRST LINES', value: ({lines}) => lines.map(({line}) => String(line))},
  {key: 'fixable', title: 'FIXABLE', value: ({fixable}) => fixable},
  {key: 'text', title: 'TEXT', value: ({text}) => text},
]

export const checkView: View<BatchCheck, CheckProblem> = {
  rows: ({problems}) => problems,
  columns: () => COLUMNS,
  text: renderCheck,
}

const FORMAT = new Intl.NumberFormat('en-US')
const INDENT = '      '
/** So many lines of a problem are told at most. */
const FIRST_LINES = 5

function renderCheck(result: BatchCheck, terminal: Terminal): string {
  return [
    ...headOf(result, terminal),
    ...result.problems.flatMap((problem) => ['', ...problemLines(problem, terminal)]),
    ...(result.excess.length > 0 ? [''] : []),
    ...result.excess.flatMap(({limit, said}) =>
      labelled(limit === 'minRecords' ? paint('bad', 'limit', terminal) : 'limit', said, terminal),
    ),
    ...footOf(result),
  ].join('\n')
}

function headOf({input, records, body, gate, inputTokens}: BatchCheck, terminal: Terminal): readonly string[] {
  const verdict = gate.passed ? paint('good', 'PASS', terminal) : paint('bad', 'FAIL', terminal)
  const wrong = records.wrongLines === 0 ? '' : `, ${counted(records.wrongLines, 'line')} wrong`
  const held =
    body.name === null
      ? 'bodies not judged: name the model with --model'
      : `each held against ${body.name}${body.by === 'records' ? ', as the first records look' : ''}`
  return [
    `${verdict}  ${input.name}: ${counted(records.records, 'record')}${wrong}, ${sizeWords(input.bytes)}`,
    ...wrapped(held, terminal),
    ...(inputTokens === null
      ? []
      : [
          ...wrapped(tokenWords(inputTokens, records.maxOutputTokens), terminal),
          ...wrapped(`tokens by characters: ${inputTokens.rule}`, terminal),
        ]),
    ...(records.s3Media === 0 ? [] : wrapped(`${counted(records.s3Media, 'file')} named in S3: ${S3_MEDIA}`, terminal)),
  ]
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html */
const S3_MEDIA = 'all must lie in the bucket and folder of the input, and the job must name that folder as its input'

function tokenWords({low, mean, high}: NonNullable<BatchCheck['inputTokens']>, most: number | null): string {
  const output = most === null ? 'output without a limit' : `output at most ${FORMAT.format(most)} tokens`
  const [least, middle, top] = [low, mean, high].map((tokens) => FORMAT.format(tokens))
  return `input about ${middle} tokens of text (${least} to ${top}), ${output}`
}

function problemLines({severity, code, path, count, lines, text, fixable}: CheckProblem, terminal: Terminal) {
  const word = severity === 'error' ? paint('bad', 'ERROR', terminal) : paint('warn', 'WARN ', terminal)
  const place = path === null ? '' : `  ${path}`
  const first = lines.map(({line, recordId}) =>
    recordId === null || recordId === '' ? `${line}` : `${line} (${recordId})`,
  )
  const more = lines.length >= FIRST_LINES && count > lines.length ? ', …' : ''
  return [
    `${word} ${code}${place}  ${FORMAT.format(count)}×${fixable ? '  --fix repairs it' : ''}`,
    ...wrapped(text, terminal),
    ...wrapped(`${lines.length === 1 ? 'line' : 'lines'} ${first.join(', ')}${more}`, terminal).map((line) =>
      paint('faint', line, terminal),
    ),
  ]
}

function footOf({fixed, rejects, problems, input}: BatchCheck): readonly string[] {
  const canFix = fixed === null && problems.some(({fixable}) => fixable)
  const lines = [
    ...(fixed
      ? [
          `fixed    ${fixed.file}: ${counted(fixed.lines, 'line')}, ${FORMAT.format(fixed.repaired)} repaired${
            fixed.wrong > 0 ? `, ${FORMAT.format(fixed.wrong)} still wrong` : ''
          }`,
        ]
      : []),
    ...(rejects ? [`rejects  ${rejects.file}: ${counted(rejects.lines, 'line')}`] : []),
    ...(canFix ? [`next     bedrockctl batch check ${input.name} --fix FILE --rejects FILE`] : []),
  ]
  return lines.length > 0 ? ['', ...lines] : []
}

function counted(count: number, noun: string): string {
  return `${FORMAT.format(count)} ${count === 1 ? noun : manyOf(noun)}`
}

function labelled(label: string, text: string, terminal: Terminal): readonly string[] {
  return wrapText(text, terminal.width - 7).map((line, index) => `${index === 0 ? `${label}  ` : '       '}${line}`)
}

function wrapped(text: string, terminal: Terminal): readonly string[] {
  return wrapText(text, terminal.width - INDENT.length).map((line) => `${INDENT}${line}`)
}
