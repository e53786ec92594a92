import type {ReadAnswer} from '../batch/collect/answer-row.js'
import type {AnswerSink} from '../batch/collect/joined-record.js'
import {usageError} from '../core/errors.js'
import type {ByteTarget, ByteWriter} from '../jsonl/byte-writer.js'
import type {DraftFile} from '../jsonl/draft-file.js'
import {fileIdentity} from './file-identity.js'

export type ResultFormat = 'jsonl' | 'csv' | 'parquet'

/** Where answers go, and as what. */
export interface ResultChoice {
  /** Undefined: standard output. */
  readonly out: string | undefined
  readonly format: ResultFormat
  readonly withInput: boolean
  readonly withFailed: boolean
  /** Where the ids of records without an answer go. */
  readonly failed: string | undefined
}

/** A result that is being written. Nothing takes its name before `keep`. */
export interface OpenResult {
  readonly sink: AnswerSink
  /** Written so far, for the result alone. */
  bytes(): number
  keep(): Promise<void>
  /** Does nothing to what was kept. */
  drop(): Promise<void>
}

export interface ResultFrame {
  readonly read: ReadAnswer
  readonly simulated: boolean
}

/** Opens what answers are written to. */
export async function openResult(choice: ResultChoice, frame: ResultFrame): Promise<OpenResult> {
  const [{openDraft}, {ByteWriter}, {failedSink, teeSink}] = await Promise.all([
    import('../jsonl/draft-file.js'),
    import('../jsonl/byte-writer.js'),
    import('../batch/collect/jsonl-sinks.js'),
  ])
  const drafts: DraftFile[] = []
  const open = async (file: string, flag: string) => {
    const draft = await openDraft(file, flag)
    drafts.push(draft)
    return draft
  }
  const drop = async () => {
    for (const draft of drafts) await draft.drop()
  }
  try {
    const counted = counting(choice.out === undefined ? standardOutput() : await open(choice.out, '--out'))
    const sinks = [await answerSink(counted, new ByteWriter(counted), choice, frame)]
    if (choice.failed !== undefined) sinks.push(failedSink(new ByteWriter(await open(choice.failed, '--failed'))))
    return {
      sink: teeSink(sinks),
      bytes: () => counted.bytes,
      keep: async () => {
        for (const draft of drafts) await draft.keep()
      },
      drop,
    }
  } catch (cause) {
    await drop()
    throw cause
  }
}

async function answerSink(
  target: ByteTarget,
  writer: ByteWriter,
  {format, withFailed, withInput}: ResultChoice,
  {read, simulated}: ResultFrame,
): Promise<AnswerSink> {
  switch (format) {
    case 'jsonl': {
      const {jsonlSink} = await import('../batch/collect/jsonl-sinks.js')
      return jsonlSink(writer, {withInput, withFailed})
    }
    case 'csv': {
      const {csvSink} = await import('../batch/collect/render-answer-csv.js')
      return csvSink(writer, {read, withFailed, simulated})
    }
    case 'parquet': {
      const {parquetSink} = await import('../batch/collect/parquet-sink.js')
      return parquetSink(target, {read, withFailed})
    }
  }
}

function counting(target: ByteTarget): ByteTarget & {bytes: number} {
  return {
    bytes: 0,
    write(bytes) {
      this.bytes += bytes.length
      return target.write(bytes)
    },
  }
}

/** Resolves when the reader has taken it. One that went away ends the program, as the entry has it. */
function standardOutput(): ByteTarget {
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        // The bytes are written over after this, and a stream may keep them.
        process.stdout.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()))
      }),
  }
}

/** Refuses to write a result over the input, two results to one file, or one to what is no file. */
export async function refuseOverwriting(
  input: string | undefined,
  files: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const taken = new Map<string, string>()
  if (input !== undefined) taken.set(await fileIdentity(input), 'the input')
  for (const [flag, file] of Object.entries(files)) {
    if (file === undefined) continue
    if (file === '-') {
      throw usageError('RESULT_NO_FILE', `${flag} names no file.`, {
        hint: 'Without --out the answers go to standard output.',
      })
    }
    const identity = await fileIdentity(file)
    const other = taken.get(identity)
    if (other !== undefined) {
      throw usageError('RESULT_OVER_INPUT', `${flag} names ${file}, which is ${other}.`, {hint: 'Name another file.'})
    }
    taken.set(identity, `that of ${flag}`)
  }
}
