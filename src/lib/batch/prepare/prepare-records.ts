import {dirname, resolve} from 'node:path'
import {plural} from '../../core/text.js'
import type {BodyStats} from '../bodies/family.js'
import {DraftWriter} from './draft-writer.js'
import {type MadeRecord, RecordMaker} from './make-records.js'
import {openRows} from './open-rows.js'
import type {PrepareResult} from './prepare.schema.js'
import type {PrepareInput, PreparePorts} from './prepare-input.js'
import type {FaultyRow, ParsedLine, Row, RowSource} from './rows.js'
import {settleFormat} from './settle-format.js'
import {refuseUnfit} from './settle-settings.js'

type Item = Row | FaultyRow | ParsedLine

/**
 * Makes a file of records from rows of prompts, in bounded memory. Where a row cannot become a record the file is not
 * written at all, unless rejected rows have a file of their own.
 */
export async function prepareRecords(input: PrepareInput, ports: PreparePorts): Promise<PrepareResult> {
  const {file, out, rejects, settings} = input
  const format = await settleFormat(file, input.format)
  refuseUnfit(ports.family, settings, format)
  const {source, template} = await openRows(file, format, settings, ports.signal)
  const folder = file === '-' ? process.cwd() : dirname(resolve(file))
  const maker = new RecordMaker({family: ports.family, settings, template, folder})
  const writers = await openWriters(out, rejects)
  try {
    const tally = await makeAll(source, maker, writers, input.limit, ports)
    const isWritten = out !== undefined && tally.records > 0 && (tally.rejected === 0 || rejects !== undefined)
    // Both are whole before one has its name.
    await writers.records?.finish()
    await writers.rejects?.finish()
    if (isWritten) await writers.records?.keep()
    if (tally.rejected > 0) await writers.rejects?.keep()
    return {
      ...resultOf(input, ports, tally, maker),
      format,
      out: isWritten ? out : null,
      rejects: tally.rejected > 0 ? (rejects ?? null) : null,
    }
  } finally {
    await Promise.all([writers.records?.drop(), writers.rejects?.drop()])
  }
}

interface Writers {
  readonly records: DraftWriter | undefined
  readonly rejects: DraftWriter | undefined
}

interface Tally {
  rows: number
  records: number
  rejected: number
  bytes: number
  images: number
  textCharacters: number
  /** Undefined as soon as a record sets no limit. */
  maxOutputTokens: number | undefined
}

async function openWriters(out: string | undefined, rejects: string | undefined): Promise<Writers> {
  const records = out === undefined ? undefined : await DraftWriter.open(out, '--out')
  try {
    return {records, rejects: rejects === undefined ? undefined : await DraftWriter.open(rejects, '--rejects')}
  } catch (error) {
    await records?.drop()
    throw error
  }
}

async function makeAll(
  {rows, total}: RowSource<Item>,
  maker: RecordMaker,
  writers: Writers,
  limit: number | undefined,
  {onProgress, signal}: PreparePorts,
): Promise<Tally> {
  const tally: Tally = {
    rows: 0,
    records: 0,
    rejected: 0,
    bytes: 0,
    images: 0,
    textCharacters: 0,
    maxOutputTokens: 0,
  }
  const most = limit ?? Number.POSITIVE_INFINITY
  const of = total === undefined ? limit : Math.min(total, most)
  if (most === 0) return tally
  for await (const some of rows) {
    signal.throwIfAborted()
    for (const item of some) {
      tally.rows += 1
      const made = maker.make(item)
      const writing = put(made instanceof Promise ? await made : made, item, tally, writers)
      if (writing !== undefined) await writing
      onProgress?.(tally.rows, of)
      if (tally.rows >= most) return tally
    }
  }
  return tally
}

function put(made: MadeRecord, item: Item, tally: Tally, {records, rejects}: Writers): Promise<void> | undefined {
  if (made.kind === 'rejected') {
    tally.rejected += 1
    return rejects?.write(`${JSON.stringify({row: item.number, problems: made.faults, values: valuesOf(item)})}\n`)
  }
  tally.records += 1
  tally.bytes += made.bytes
  addStats(tally, made.stats)
  return records?.write(made.line)
}

function addStats(tally: Tally, {images, maxOutputTokens, textCharacters}: BodyStats): void {
  tally.images += images
  tally.textCharacters += textCharacters
  tally.maxOutputTokens =
    maxOutputTokens === undefined || tally.maxOutputTokens === undefined
      ? undefined
      : tally.maxOutputTokens + maxOutputTokens
}

/** What a rejected row holds, to be mended; nothing of a line that cannot be read. */
function valuesOf(item: Item): unknown {
  if (item.kind === 'parsed') return item.value
  if (item.kind === 'faulty') return null
  return Object.fromEntries(item.columns().map((column) => [column, item.get(column) ?? null]))
}

function resultOf(
  {api, file, modelId}: PrepareInput,
  {family}: PreparePorts,
  {maxOutputTokens, rejected, rows, ...tally}: Tally,
  {problems}: RecordMaker,
): Omit<PrepareResult, 'format' | 'out' | 'rejects'> {
  const embeds = family.takes.maxTokens === 'none'
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    gate: {
      requirement: 'every row becomes a record',
      passed: rejected === 0 && rows > 0,
      failures:
        rows === 0
          ? ['The file has no rows.']
          : rejected === 0
            ? []
            : [`${plural(rejected, 'row')} of ${rows} did not.`],
    },
    input: file,
    modelId: modelId ?? null,
    api,
    family: family.id,
    rows,
    ...tally,
    rejected,
    maxOutputTokens: embeds ? null : (maxOutputTokens ?? null),
    problems: problems.groups().map(({code, count, lines, path, severity, text}) => ({
      code,
      severity,
      path: path ?? null,
      text,
      count,
      rows: lines.map(({line, recordId}) => ({row: line, recordId: recordId ?? null})),
    })),
  }
}
