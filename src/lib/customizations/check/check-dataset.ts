import type {Catalog} from '../../catalog/catalog.js'
import type {CustomModelFacts} from '../../catalog/custom-models.schema.js'
import type {Unread} from '../../core/answer.schema.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {countTokens, ruleWords, TextSum, type TokenRates} from '../../jsonl/text-measure.js'
import {DATASET_RULES, type DatasetCode} from '../datasets/check-codes.js'
import {type DatasetRules, rulesOf} from '../datasets/dataset-rules.js'
import {RowJudge} from '../datasets/row-judge.js'
import {type BaseQuestion, baseFindings} from './base-findings.js'
import {type MediaStore, mediaFindings} from './check-media.js'
import {countFindings} from './count-findings.js'
import type {CustomizationCheck, DatasetFile, DatasetFinding, TrainingPrice} from './customization-check.schema.js'
import {fileFindings} from './file-findings.js'
import {findFormat} from './find-format.js'
import {finding, sortedFindings} from './finding.js'
import {NamedMedia} from './named-media.js'
import {FIRST_LINES, type FileReading, readFile} from './read-file.js'
import {placeOf, type RepeatGroup, RepeatTally} from './repeat-tally.js'
import {RowIndex} from './row-index.js'
import {type AppliedQuotas, rowLimits} from './row-limits.js'
import {withRows} from './show-rows.js'
import {type CopyTargets, writeCopies} from './write-copies.js'

export interface CheckQuestion extends Omit<BaseQuestion, 'facts' | 'model'> {
  readonly training: ByteSource
  readonly validation: ByteSource | undefined
  readonly copies: CopyTargets
  readonly showRows: boolean
  /** Random: makes hashes of rows unforeseeable. */
  readonly seed: number
  readonly simulated: boolean
  readonly unread: readonly Unread[]
}

export interface CheckPorts {
  readonly catalog: Pick<Catalog, 'model' | 'models'>
  readonly facts: CustomModelFacts
  readonly rates: TokenRates
  /** Applied quotas, where they were read. */
  readonly quotas: AppliedQuotas | undefined
  /** Undefined: media are not looked at. */
  readonly media: MediaStore | undefined
  /** What training on so many tokens costs; undefined where nothing is known of the customization. */
  readonly priceOf: ((tokens: number) => Promise<TrainingPrice>) | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** Holds a data set against what the customization of a base takes, and writes the copies that were asked for. */
export async function checkDataset(question: CheckQuestion, ports: CheckPorts): Promise<CustomizationCheck> {
  const {base, region, tuning, type} = question
  const {catalog, facts, rates, signal} = ports
  const found = tuning === undefined ? await findFormat(question.training, signal) : undefined
  const rules = rulesOf(base, tuning, found, facts, bucketOf(question.training.name))
  const judge = new RowJudge(rules, rates, question.seed)
  const media = new NamedMedia()
  const {files, repeats} = await readAll(question, judge, media, ports)
  const limits = rowLimits(base, tuning, facts, ports.quotas, catalog)
  const inMedia = await mediaFindings(media, rules, ports.media, signal)
  const findings = sortedFindings([
    ...baseFindings({base, type, tuning, region, facts, model: catalog.model(base.modelId)}),
    ...countFindings(files, base, tuning, limits),
    ...files.flatMap((file) => [...fileFindings(file, rules, tuning), ...rowFindings(file)]),
    ...repeats.map((group) => repeatFinding(group, files)),
    ...mixedFindings(files),
    ...inMedia.findings,
  ])
  const copies = await writeCopies(files, judge, question.copies, signal)
  const [training] = files.map((file) => toFile(file, rates))
  return {
    schemaVersion: 1,
    simulated: question.simulated,
    unread: [...question.unread, ...inMedia.unread],
    base: {id: base.id, region: region ?? null, type},
    format: {id: rules.format, name: rules.formatName},
    limits: toLimits(rules, limits, tuning?.validation?.most ?? null),
    tokenRule: ruleWords(sumOf(files), rates),
    files: files.map((file) => toFile(file, rates)),
    findings: question.showRows ? await withRows(findings, files, signal) : findings,
    media: inMedia.counts,
    price: training && ports.priceOf ? await ports.priceOf(training.tokens.mean) : null,
    copies: copies.copies,
    rejects: copies.rejects,
    gate: gateOf(findings),
  }
}

async function readAll(
  {training, validation}: CheckQuestion,
  judge: RowJudge,
  media: NamedMedia,
  {onProgress, signal}: CheckPorts,
): Promise<{readonly files: readonly FileReading[]; readonly repeats: readonly RepeatGroup[]}> {
  const repeats = new RepeatTally()
  const index = new RowIndex()
  const files: FileReading[] = []
  let before = 0
  for (const [role, source] of [
    ['training', training],
    ['validation', validation],
  ] as const) {
    if (source === undefined) continue
    const done = before
    const lines = files.reduce((sum, {offsets}) => sum + offsets.length, 0)
    const progress = (bytes: number): void => onProgress?.(done + bytes)
    files.push(await readFile(role, source, lines, {judge, index, repeats, media, signal, onProgress: progress}))
    before += source.bytes
  }
  return {files, repeats: await repeats.verified(files, judge, signal)}
}

/** What the judges of rows told, in groups. */
function rowFindings({groups, role}: FileReading): readonly DatasetFinding[] {
  return groups.groups().map(({code, count, fixable, lines, path, severity, text}) => ({
    ...finding(code as DatasetCode, {severity, file: role, path, text, count, fixable}),
    lines: lines.map(({line}) => ({line, row: null})),
  }))
}

const REPEATS: Readonly<Record<string, string>> = {
  'duplicate row': 'The row stands in the file before, first on line',
  'conflicting prompt': 'The prompt has another answer before, first on line',
  'leakage row': 'The row is in the training set too, first on line',
  'leakage prompt': 'The prompt is in the training set too, with another answer, first on line',
}

function repeatFinding({code, count, pairs, what}: RepeatGroup, files: readonly FileReading[]): DatasetFinding {
  const places = pairs.slice(0, FIRST_LINES).map(({later}) => placeOf(files, later))
  const [first] = pairs
  const before = first === undefined ? 0 : placeOf(files, first.ordinal).line
  const text = `${REPEATS[`${code} ${what}`] ?? DATASET_RULES[code].title} ${before}.`
  const lines = places.map(({line}) => line)
  return finding(code, {file: places[0]?.file.role, path: what, text, count, lines, fixable: code !== 'conflicting'})
}

/** Images and videos of one data set, whichever rows hold them. */
function mixedFindings(files: readonly FileReading[]): readonly DatasetFinding[] {
  return files.flatMap(({role, tally: {firstImage, firstVideo}}) => {
    if (firstImage === 0 || firstVideo === 0) return []
    const lines = [firstImage, firstVideo].toSorted((a, b) => a - b)
    return [finding('media-mixed', {file: role, text: 'There are rows with images and rows with videos.', lines})]
  })
}

function toFile({role, source, tally}: FileReading, rates: TokenRates): DatasetFile {
  const {documents, images, input, longestLine, longestTokens, output, rows, videos, wrongRows} = tally
  const {high, low, mean} = countTokens(sumOf([{tally}]), rates)
  return {
    role,
    name: source.name,
    bytes: source.bytes,
    rows,
    wrongRows,
    inputCharacters: input.textCharacters,
    outputCharacters: output.textCharacters,
    tokens: {low: Math.floor(low), mean: Math.round(mean), high: Math.ceil(high)},
    longest: longestLine === 0 ? null : {line: longestLine, tokens: Math.round(longestTokens)},
    histogram: tally.histogram(),
    images,
    videos,
    documents,
  }
}

function sumOf(files: readonly Pick<FileReading, 'tally'>[]): TextSum {
  const sum = new TextSum()
  for (const {tally} of files) {
    sum.add(tally.input)
    sum.add(tally.output)
  }
  return sum
}

function toLimits(
  {lineBytes, tokens}: DatasetRules,
  {asOf, from, least, most, together}: ReturnType<typeof rowLimits>,
  mostValidationRows: number | null,
): CustomizationCheck['limits'] {
  return {
    leastRows: least,
    mostRows: most,
    together,
    mostValidationRows,
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    rowTokens: tokens.sum,
    lineBytes,
    rowsFrom: from,
    asOf,
  }
}

function bucketOf(name: string): string | undefined {
  return /^s3:\/\/([^/]+)/.exec(name)?.[1]
}

function gateOf(findings: readonly DatasetFinding[]): CustomizationCheck['gate'] {
  const failures = findings.filter(({severity}) => severity === 'error').map(({code, count}) => `${code}: ${count}`)
  return {requirement: 'nothing in the data makes the job fail', passed: failures.length === 0, failures}
}
