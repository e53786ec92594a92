import type {AnswerSink} from './joined-record.js'
import {inputChanged, Joint, type RecordTally} from './joint.js'
import {type Pile, readRecords} from './pile.js'
import {type AnswerReading, type OutputsRead, type ReadLine, readAnswers} from './read-answers.js'
import {indexRecords} from './record-index.js'
import {Spill, type SpillSizes} from './spill.js'
import type {SpillStore} from './spill-store.js'

export interface JoinPorts extends AnswerReading {
  /** Opened when the answers are more than a little. */
  readonly openStore: () => SpillStore
  /** Sees each line of the outputs that belongs to a record, those that are beaten by others too. */
  readonly onLine?: ((line: ReadLine) => void) | undefined
  readonly sizes?: SpillSizes | undefined
}

export type Joined = OutputsRead & RecordTally

/**
 * Joins what jobs wrote to what they were asked: each record once, in the order of the input, with the best that any
 * round says of it. Three passes: ids of the input, lines of the outputs into buckets by the place of their record, and
 * the input again along the buckets. What is in memory is bounded by a bucket and 20 bytes a record.
 */
export async function joinAnswers(pile: Pile, sink: AnswerSink, ports: JoinPorts): Promise<Joined> {
  const {inputs, outputs} = pile
  const size = (files: readonly {readonly source: {readonly bytes: number}}[]) =>
    files.reduce((sum, {source}) => sum + source.bytes, 0)
  const inputBytes = size(inputs)
  const outputBytes = size(outputs)
  const progressFrom = (start: number) => (bytes: number) => ports.onProgress?.(start + bytes)
  const store = lazily(ports.openStore)
  try {
    const index = await indexRecords(inputs, {...ports, onProgress: progressFrom(0)})
    const spill = new Spill({first: 0, end: index.records, expectedBytes: outputBytes, store, sizes: ports.sizes})
    const reading = {...ports, onProgress: progressFrom(inputBytes)}
    const read = await readAnswers(outputs, index, reading, (line) => {
      putAside(spill, line)
      ports.onLine?.(line)
    })
    const joint = new Joint(index, spill, sink)
    const found = await readRecords(
      inputs,
      {
        signal: ports.signal,
        pause: () => (sink.isFull ? sink.flush() : undefined),
        onProgress: progressFrom(inputBytes + outputBytes),
      },
      (line, ordinal) => joint.take(line, ordinal),
    )
    if (found !== index.records) throw inputChanged()
    await sink.finish()
    return {...read, ...joint.tally()}
  } finally {
    store.close()
  }
}

function putAside(spill: Spill, {answer, bytes, file, ordinal}: ReadLine): void {
  const {idEnd, idStart, succeeded, valueEnd, valueStart} = answer
  const head = {ordinal, round: file.round, succeeded, idLength: idEnd - idStart, valueLength: valueEnd - valueStart}
  spill.add(head, bytes, idStart, valueStart)
}

/** A store that is opened when something is written to it. */
function lazily(open: () => SpillStore): SpillStore {
  let store: SpillStore | undefined
  return {
    write(bytes) {
      store ??= open()
      return store.write(bytes)
    },
    read: (offset, into) => store?.read(offset, into),
    close: () => store?.close(),
  }
}
