import fc from 'fast-check'
import {expect, test} from 'vitest'
import {joinAnswers} from '../../../../src/lib/batch/collect/join-answers.js'
import {type AnswerChoice, failedSink, jsonlSink, teeSink} from '../../../../src/lib/batch/collect/jsonl-sinks.js'
import type {Pile} from '../../../../src/lib/batch/collect/pile.js'
import {ByteWriter} from '../../../../src/lib/jsonl/byte-writer.js'
import {memorySource} from '../../../support/memory-source.js'
import {memoryStore} from '../../../support/memory-spill.js'

const SIZES = {blockBytes: 128, bucketBytes: 300, leafBytes: 700}
const PLAIN = {withInput: false, withFailed: false}

function collecting() {
  const chunks: Buffer[] = []
  const writer = new ByteWriter({
    async write(bytes) {
      chunks.push(Buffer.from(bytes))
    },
  })
  return {writer, text: () => Buffer.concat(chunks).toString()}
}

async function join(pile: Pile, choice: AnswerChoice = PLAIN) {
  const result = collecting()
  const failed = collecting()
  const joined = await joinAnswers(pile, teeSink([jsonlSink(result.writer, choice), failedSink(failed.writer)]), {
    region: 'us-east-1',
    openStore: memoryStore,
    sizes: SIZES,
  })
  return {joined, lines: linesOf(result.text()), failed: linesOf(failed.text())}
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

function pileOf(input: string, ...rounds: readonly (readonly string[])[]): Pile {
  return {
    inputs: [{source: memorySource(input), segments: [[0, Buffer.byteLength(input)]]}],
    outputs: rounds.flatMap((files, index) =>
      files.map((content, job) => ({
        source: memorySource(content, {name: `${index + 1}/${job}`}),
        round: index + 1,
        job,
      })),
    ),
  }
}

interface Said {
  readonly id: number
  readonly round: number
  /** Absent: an error. */
  readonly answer: string | undefined
}

const said = fc.record({
  id: fc.integer({min: 0, max: 30}),
  round: fc.integer({min: 1, max: 3}),
  answer: fc.option(fc.json({maxDepth: 1}), {nil: undefined, freq: 3}),
})

const ID = (id: number) => `r-${id}`
const recordLine = (id: number) => `{"recordId":"${ID(id)}","modelInput":{"n":${id}.50}}\n`

function outputLine({answer, id}: Said): string {
  const value =
    answer === undefined ? '"error":{"errorCode":429,"errorMessage":"slow"}' : `"modelOutput":{"v":${answer}}`
  return `{"recordId":"${ID(id)}","modelInput":{},${value}}\n`
}

/** The same by other means: a map, and everything in memory. */
function naiveJoin(ids: readonly number[], all: readonly Said[]): readonly string[] {
  const best = new Map<number, Said>()
  const rank = ({answer, round}: Said) => (answer === undefined ? 0 : 1000) + round
  for (const one of all) {
    const before = best.get(one.id)
    const isBetter =
      before === undefined ||
      rank(one) > rank(before) ||
      (rank(one) === rank(before) && Buffer.from(outputLine(one)).compare(Buffer.from(outputLine(before))) < 0)
    if (isBetter) best.set(one.id, one)
  }
  return ids.flatMap((id) => {
    const answer = best.get(id)?.answer
    return answer === undefined ? [] : [`{"recordId":"${ID(id)}","modelOutput":{"v":${answer}}}`]
  })
}

/** Splits the lines of each round into files by a list of numbers. */
function split(all: readonly Said[], places: readonly number[]): readonly (readonly string[])[] {
  return [1, 2, 3].map((round) => {
    const files = new Map<number, string>()
    for (const [index, one] of all.entries()) {
      if (one.round !== round) continue
      const file = places[index % Math.max(1, places.length)] ?? 0
      files.set(file, `${files.get(file) ?? ''}${outputLine(one)}`)
    }
    return [...files.values()]
  })
}

test('the result is that of a join in memory, whatever the order of lines and their split into jobs', async () => {
  const outputs = fc.array(said, {maxLength: 80}).chain((all) =>
    fc.record({
      all: fc.constant(all),
      shuffled: fc.shuffledSubarray(all, {minLength: all.length, maxLength: all.length}),
      places: fc.array(fc.integer({min: 0, max: 4}), {maxLength: 20}),
    }),
  )
  const ids = fc.uniqueArray(fc.integer({min: 0, max: 30}), {maxLength: 31})
  await fc.assert(
    fc.asyncProperty(ids, outputs, async (asked, {all, places, shuffled}) => {
      const {joined, lines} = await join(pileOf(asked.map(recordLine).join(''), ...split(shuffled, places)))
      const failures = joined.failures.reduce((sum, {records}) => sum + records, 0)

      expect(lines).toEqual(naiveJoin(asked, all))
      expect(joined).toMatchObject({records: asked.length, answered: lines.length})
      expect(joined.answered + failures + joined.missing).toBe(asked.length)
      expect(joined.foreign.count).toBe(all.filter(({id}) => !asked.includes(id)).length)
    }),
    {numRuns: 150},
  )
})

test('answers come out as the bytes they are, with numbers that no double holds', async () => {
  const value = '{ "a" : 12345678901234567890.10, "b":"\\u00e4\\/" , "__proto__": {} }'
  const input = '{"recordId":"x","modelInput":{"big": 9007199254740993 }}\n'
  const pile = pileOf(input, [`{"modelOutput":${value},"recordId":"x"}\n`])

  expect((await join(pile)).lines).toEqual([`{"recordId":"x","modelOutput":${value}}`])
  expect((await join(pile, {withInput: true, withFailed: false})).lines).toEqual([
    `{"recordId":"x","modelInput":{"big": 9007199254740993 },"modelOutput":${value}}`,
  ])
})

test('records that failed or are missing go to the list of failures, and to the result only when asked', async () => {
  const error = '{"errorCode": 400, "errorMessage": "max_tokens: Field required"}'
  const pile = pileOf(recordLine(1) + recordLine(2) + recordLine(3), [
    `{"recordId":"r-2","error":${error}}\n${outputLine({id: 3, round: 1, answer: '1'})}`,
  ])
  const plain = await join(pile)
  const all = await join(pile, {withInput: false, withFailed: true})

  expect(plain.lines).toEqual(['{"recordId":"r-3","modelOutput":{"v":1}}'])
  expect(plain.failed).toEqual([
    '{"recordId":"r-1","class":"missing","error":null}',
    `{"recordId":"r-2","class":"validation","error":${error}}`,
  ])
  expect(all.lines).toEqual([
    '{"recordId":"r-1","missing":true}',
    `{"recordId":"r-2","error":${error}}`,
    '{"recordId":"r-3","modelOutput":{"v":1}}',
  ])
  expect(plain.joined).toMatchObject({
    missing: 1,
    firstMissing: ['r-1'],
    failures: [{errorClass: 'validation', code: 400, said: 'max_tokens: Field required', records: 1}],
  })
})

test('lines that nothing can be made of are counted and placed, and the others count', async () => {
  const output = [
    outputLine({id: 1, round: 1, answer: '1'}).trimEnd(),
    '{"recordId":"r-9","modelOutput":{}}',
    '{"modelOutput":{}}',
    '[1]',
    '',
    '{"recordId":"r-2"}',
    outputLine({id: 1, round: 1, answer: '1'}).trimEnd(),
    '{"recordId":"r-2","modelOutput":{"v":',
  ].join('\n')
  const {joined, lines} = await join(pileOf(recordLine(1) + recordLine(2), [output]))

  expect(lines).toHaveLength(1)
  expect(joined).toMatchObject({answered: 1, missing: 1, repeatedLines: 1, confused: 0})
  expect(joined.foreign).toEqual({
    count: 1,
    first: [{source: '1/0', line: 2, why: 'no record of the input has its id'}],
  })
  expect(joined.unparsable.count).toBe(4)
  expect(joined.unparsable.first.map(({line}) => line)).toEqual([3, 4, 6, 8])
  expect(joined.jobs.get(0)).toEqual({lines: 7, succeeded: 3, failed: 0})
})

test('an answer that is null is none', async () => {
  const {joined} = await join(pileOf(recordLine(1), ['{"recordId":"r-1","modelOutput":null,"error":null}\n']))

  expect(joined).toMatchObject({answered: 0, failures: [{errorClass: 'other', records: 1}]})
})

test('an input that grows while it is read is not joined', async () => {
  const one = recordLine(1)
  let reads = 0
  const source = {
    ...memorySource(one + recordLine(2)),
    async *read(range: {readonly start: number; readonly end: number}) {
      reads += 1
      yield* memorySource(reads === 1 ? `${one}${'\n'.repeat(one.length)}` : one + recordLine(2)).read(range)
    },
  }
  const joining = join({inputs: [{source, segments: [[0, source.bytes]]}], outputs: []})

  await expect(joining).rejects.toMatchObject({code: 'INPUT_CHANGED'})
})

test('a join that is stopped takes what it put aside with it', async () => {
  const stop = new AbortController()
  const store = memoryStore()
  let closed = 0
  const reason = new Error('interrupted')
  const result = collecting()
  const joining = joinAnswers(
    pileOf(recordLine(1) + recordLine(2), [outputLine({id: 1, round: 1, answer: JSON.stringify('x'.repeat(500))})]),
    jsonlSink(result.writer, PLAIN),
    {
      region: 'us-east-1',
      signal: stop.signal,
      openStore: () => ({...store, close: () => (closed += 1)}),
      sizes: SIZES,
      onLine: () => stop.abort(reason),
    },
  )

  await expect(joining).rejects.toBe(reason)
  expect(closed).toBe(1)
  expect(result.text()).toBe('')
})
