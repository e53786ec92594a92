import {expect, test} from 'vitest'
import type {Pile} from '../../../../src/lib/batch/collect/pile.js'
import {findUnanswered, type UnansweredRecord} from '../../../../src/lib/batch/collect/unanswered.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {memorySource} from '../../../support/memory-source.js'

const REGION = 'us-east-1'

function record(id: string): string {
  return `{"recordId":"${id}","modelInput":{"inputText":"${id}"}}\n`
}

function answer(id: string): string {
  return `{"recordId":"${id}","modelInput":{},"modelOutput":{"x":1}}\n`
}

function failure(id: string, code: number, message = ''): string {
  return `${JSON.stringify({modelInput: {}, error: {errorCode: code, errorMessage: message}, recordId: id})}\n`
}

/** A pile whose input is one source; the lists are the outputs of rounds 1, 2, … */
function pileOf(input: string, ...rounds: readonly string[][]): Pile {
  return {
    inputs: [{source: memorySource(input), segments: [[0, Buffer.byteLength(input)]]}],
    outputs: rounds.flatMap((files, index) =>
      files.map((content, job) => ({source: memorySource(content), round: index + 1, job})),
    ),
  }
}

async function unanswered(pile: Pile) {
  const records: UnansweredRecord[] = []
  const tally = await findUnanswered(pile, {region: REGION}, (one) => records.push(one))
  return {records, tally}
}

test('what has no answer is handed over as the bytes it has in the input', async () => {
  const input = ['a', 'b', 'c', 'd'].map(record).join('')
  const {records, tally} = await unanswered(pileOf(input, [answer('d') + failure('b', 429), answer('a')]))

  expect(records.map(({start, end}) => input.slice(start, end))).toEqual([record('b'), record('c')])
  expect(records).toMatchObject([
    {ordinal: 1, errorClass: 'throttled'},
    {ordinal: 2, errorClass: 'missing'},
  ])
  expect(tally).toMatchObject({records: 4, answered: 2, withoutId: 0, repeated: 0, unread: []})
  expect(tally.unanswered).toEqual(
    new Map([
      ['throttled', 1],
      ['missing', 1],
    ]),
  )
})

test('a success beats any failure, and of failures the last round counts', async () => {
  const input = ['a', 'b', 'c'].map(record).join('')
  const {records} = await unanswered(
    pileOf(
      input,
      [answer('a') + failure('b', 429) + failure('c', 500)],
      [failure('a', 400) + failure('b', 400, 'max_tokens is missing') + answer('c')],
    ),
  )

  expect(records).toMatchObject([{ordinal: 1, errorClass: 'validation'}])
})

test('records outside the segments were not asked and are not missing', async () => {
  const [a, b, c] = [record('a'), record('b'), record('c')]
  const source = memorySource(a + b + c)
  const {records, tally} = await unanswered({
    inputs: [
      {
        source,
        segments: [
          [0, a.length],
          [a.length + b.length, source.bytes],
        ],
      },
    ],
    outputs: [{source: memorySource(answer('a')), round: 1, job: 0}],
  })

  expect(records).toMatchObject([{ordinal: 1, start: a.length + b.length, end: source.bytes}])
  expect(tally.records).toBe(2)
})

test('an id may be written in two ways, and its line may begin with anything', async () => {
  const input = '{ "modelInput": {"recordId": "no"}, "recordId": "\\u00e4\\/1" }\n{"recordId" : "\u00e4/2"}\n'
  const {records} = await unanswered(pileOf(input, [answer('\u00e4/1') + answer('\\u00E4\\/2')]))

  expect(records).toEqual([])
})

test('records without an id and those that repeat one are counted and not handed over', async () => {
  const input = `{"modelInput":{}}\n${record('a')}${record('a')}no json\n\n{"recordId":7}\n`
  const {records, tally} = await unanswered(pileOf(input, []))

  expect(records).toMatchObject([{ordinal: 1, errorClass: 'missing'}])
  expect(tally).toMatchObject({records: 5, answered: 0, withoutId: 3, repeated: 1})
})

test('an output that cannot be read is told, and what the others say still counts', async () => {
  const denied = new BedrockctlError('ACCESS_DENIED', 'no', {fault: 'access', action: 's3:GetObject'})
  const broken = {
    ...memorySource('x'),
    // biome-ignore lint/correctness/useYield: it fails before the first chunk.
    async *read() {
      throw denied
    },
  }
  const pile = pileOf(record('a') + record('b'), [answer('b')])
  const {records, tally} = await unanswered({
    ...pile,
    outputs: [{source: broken, round: 1, job: 0}, ...pile.outputs],
  })

  expect(records).toMatchObject([{ordinal: 0}])
  expect(tally.unread).toEqual([{region: REGION, action: 's3:GetObject', code: 'ACCESS_DENIED', reason: 'no'}])
})
