import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {cutItems} from '../../../src/lib/bench/data/cut-items.js'
import {parseData} from '../../../src/lib/bench/data/data-plan.js'
import {fitLengths} from '../../../src/lib/bench/data/fit-lengths.js'
import {countWords, makePrompts, tracePrompts} from '../../../src/lib/bench/data/make-prompts.js'
import {makeBook} from '../../../src/lib/bench/data/prompt-book.js'
import {readItem} from '../../../src/lib/bench/data/read-item.js'
import {ASSUMED_FIT} from '../../../src/lib/bench/data/synthetic.js'
import {readTrace} from '../../../src/lib/bench/data/trace.js'
import {expandCells} from '../../../src/lib/bench/plan/expand-cells.js'
import {mergeWords, settlePlan} from '../../../src/lib/bench/plan/settle-plan.js'
import {parseSlo} from '../../../src/lib/bench/plan/slo.js'
import {estimateRun} from '../../../src/lib/bench/run/estimate.js'
import {quotaProblems} from '../../../src/lib/bench/run/quota-check.js'
import {SpendWatch} from '../../../src/lib/bench/run/spend.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-data-'))
})
afterAll(() => rm(folder, {recursive: true}))

const plan = (words: Parameters<typeof settlePlan>[0] = {}) => {
  const {plan: settled, problems} = settlePlan(words)
  expect(problems).toEqual([])
  return settled
}

describe('the words of a load', () => {
  test.each<[Parameters<typeof settlePlan>[0], object]>([
    [{}, {levels: [{kind: 'concurrency', users: 1}], durationMs: 30_000, requests: null}],
    [
      {concurrency: '1,8'},
      {
        levels: [
          {kind: 'concurrency', users: 1},
          {kind: 'concurrency', users: 8},
        ],
      },
    ],
    [
      {rate: '600/min', arrival: 'gamma:0.5'},
      {levels: [{kind: 'rate', perSecond: 10, shape: {kind: 'gamma', shape: 0.5}}]},
    ],
    [
      {rate: '5', arrival: 'burst:10/2s'},
      {levels: [{kind: 'rate', perSecond: 5, shape: {kind: 'burst', size: 10, periodMs: 2000}}]},
    ],
    [
      {ramp: '1:50:5m:exp'},
      {
        levels: [{kind: 'ramp', from: 1, to: 50, durationMs: 300_000, curve: 'exponential', shape: {kind: 'poisson'}}],
        durationMs: null,
      },
    ],
    [{replay: 'x.jsonl', speed: '2'}, {levels: [{kind: 'replay', file: 'x.jsonl', speed: 2}]}],
    [
      {users: '3', think: 'N(2s,500ms)', turns: '4'},
      {levels: [{kind: 'users', users: 3, turns: 4, thinkMs: {kind: 'normal', mean: 2000, deviation: 500}}]},
    ],
    [
      {requests: '20k', 'warm-up': '50'},
      {requests: 20_000, durationMs: null, warmUp: {requests: 50}},
    ],
    [
      {shard: '3/4', 'start-at': '2026-11-21T20:00:00Z'},
      {shard: {index: 3, of: 4}, startAtEpochMs: Date.UTC(2026, 10, 21, 20)},
    ],
    [{slo: 'ttft:500,tpot:40,e2e:5s'}, {slo: {ttftMs: 500, tpotMs: 40, e2eMs: 5000, name: null}}],
  ])('%o', (words, expected) => {
    expect(plan(words)).toMatchObject(expected)
  })

  test.each<[Parameters<typeof settlePlan>[0], readonly string[]]>([
    [{concurrency: '0'}, ['concurrency']],
    [{concurrency: '1,x,3'}, ['concurrency']],
    [{rate: '-1', ramp: '1:2:3m'}, ['ramp', 'rate']],
    [{rate: '10', arrival: 'burst:5/1s'}, ['rate']],
    [{ramp: '0:5:1m:exp'}, ['ramp']],
    [{ramp: '0:0:1m'}, ['ramp']],
    [{users: '2', arrival: 'poisson'}, ['arrival']],
    [
      {duration: '40d', drain: 'x', 'warm-up': 'soon', seed: '-1', 'max-usd': '0'},
      ['duration', 'warm-up', 'drain', 'seed', 'max-usd'],
    ],
    [{'start-at': '2026-11-21'}, ['start-at']],
  ])('%o is refused, each word by itself', (words, keys) => {
    expect(settlePlan(words).problems.map(({key}) => key)).toEqual(expect.arrayContaining([...keys]))
    expect(settlePlan(words).problems).toHaveLength(keys.length)
  })

  test('flags beat a file, and a load by flags leaves none of the file behind', () => {
    const file = {rate: '5', arrival: 'constant', requests: '10', seed: '3'}

    expect(mergeWords(file, {concurrency: '4', seed: undefined})).toEqual({concurrency: '4', requests: '10', seed: '3'})
    expect(mergeWords(file, {requests: '20'})).toEqual({...file, requests: '20'})
  })

  test('no text makes a parser fail', () => {
    const keys = [
      'concurrency',
      'rate',
      'arrival',
      'ramp',
      'think',
      'data',
      'slo',
      'shard',
      'start-at',
      'warm-up',
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.string(), (key, text) => {
        settlePlan({[key]: text})
      }),
    )
    expect(parseSlo('llama3.1-8b')).toEqual({ttftMs: 2000, tpotMs: 100, e2eMs: null, name: 'llama3.1-8b'})
  })
})

describe('cells', () => {
  test('take turns in opposite orders, and share requests and time', () => {
    const cells = expandCells(plan({concurrency: '1,2', requests: '5'}), 2)

    expect(cells.map(({block, cell, requests, target}) => [cell, target, block, requests])).toEqual([
      [0, 0, 0, 3],
      [1, 1, 0, 3],
      [2, 1, 1, 2],
      [3, 0, 1, 2],
      [4, 0, 0, 3],
      [5, 1, 0, 3],
      [6, 1, 1, 2],
      [7, 0, 1, 2],
    ])
  })

  test('of one level and block have one seed, others have another', () => {
    const cells = expandCells(plan({rate: '1,2,3', blocks: '3'}), 2)
    const seeds = new Map(cells.map(({block, label, seed}) => [`${label} ${block}`, seed]))

    expect(cells.every(({block, label, seed}) => seeds.get(`${label} ${block}`) === seed)).toBe(true)
    expect(new Set(seeds.values()).size).toBe(9)
  })

  test.each<[Parameters<typeof settlePlan>[0], number | undefined, number | null, number | null]>([
    [{rate: '10', duration: '60s'}, undefined, 600, 60],
    [{rate: '2.5', arrival: 'burst:5/2s', duration: '60s'}, undefined, 150, 60],
    [{ramp: '0:10:60s'}, undefined, 300, 60],
    [{concurrency: '4', requests: '100'}, undefined, 100, null],
    [{concurrency: '4', requests: '100'}, 2000, 100, 50],
    [{concurrency: '4', duration: '60s'}, undefined, null, 60],
    [{concurrency: '4', duration: '60s'}, 2000, 124, 60],
  ])('of %o with answers of %s ms are %s requests in %s s', (words, e2eMs, requests, seconds) => {
    const rates = {
      basis: '',
      source: '',
      date: '',
      usdPerMillion: {input: '1', output: '4', cacheRead: null, cacheWrite: null},
    }
    const found = estimateRun(expandCells(plan(words), 1), [{rates, e2eMs}], {input: 1000, output: 500}, undefined)

    expect([found.requests, found.seconds]).toEqual([requests, seconds])
    expect(found.usd).toBe(requests === null ? null : Number((requests * 0.003).toFixed(9)))
    expect(found.usdPer1000).toEqual([3])
  })
})

test('a quota that binds is named, the narrower of two', () => {
  const quota = (value: number) => ({value, source: 'Service Quotas L-1'})
  const cells = expandCells(plan({rate: '2,20'}), 1)
  const quotas = {requestsPerMinute: quota(600), tokensPerMinute: quota(60_000), outputFactor: 5}

  expect(quotaProblems(cells, [{name: 'nova', quotas}], {input: 100, output: 20})).toEqual([
    'nova, 20/s Poisson: at most 5/s by its quota of 60000 tokens a minute (Service Quotas L-1), 200 a request',
  ])
})

test('a quota binds users by how long an answer takes', () => {
  const quotas = {requestsPerMinute: {value: 600, source: 'L-2'}, tokensPerMinute: undefined, outputFactor: 1}
  const cells = expandCells(plan({concurrency: '4,40'}), 1)
  const problems = (e2eMs: number | undefined) =>
    quotaProblems(cells, [{name: 'nova', quotas, e2eMs}], {input: 1, output: 1})

  expect(problems(1000)).toEqual(['nova, 40 users: at most 10/s by its quota of 600 requests a minute (L-2)'])
  expect(problems(undefined)).toEqual([])
})

test('spending counts what is in flight as long as it may get, and as much again as came since the last tick', () => {
  const rates = {
    basis: '',
    source: '',
    date: '',
    usdPerMillion: {input: '1', output: '10', cacheRead: '0.1', cacheWrite: null},
  }
  const watch = new SpendWatch([rates, undefined], {input: 1000, output: 100})
  const tick = {
    cell: 0,
    atMs: 0,
    sent: 0,
    inFlight: 5,
    done: 0,
    ok: 0,
    errors: [],
    tokenEvents: 0,
    usage: {input: 1000, output: 100, cacheRead: 10_000, cacheWrite: 0},
    recent: {ttftP50: 0, ttftP99: 0, tpotP50: 0, tpotP99: 0, lagMax: 0},
  }
  watch.take(0, tick)
  watch.take(1, {...tick, cell: 1})

  expect(watch.usd).toBe(0.003)
  expect([watch.reaches(0.016), watch.reaches(0.0161)]).toEqual([true, false])
  watch.take(0, {...tick, atMs: 200})
  expect([watch.reaches(0.013), watch.reaches(0.0131)]).toEqual([true, false])
  watch.cellEnded()
  expect(watch.reaches(0.012)).toBe(false)
})

describe('data', () => {
  test.each<[string, object]>([
    [
      'synthetic:in=N(512,64),out=256,prefix=1024/8groups',
      {
        kind: 'synthetic',
        input: {kind: 'normal', mean: 512, deviation: 64},
        output: {kind: 'constant', value: 256},
        prefix: {tokens: 1024, groups: 8},
      },
    ],
    ['synthetic:in=U(10,20)', {input: {kind: 'uniform', low: 10, high: 20}}],
    ['a,b.jsonl,out=10,most=5', {kind: 'file', file: 'a,b.jsonl', output: 10, most: 5}],
  ])('%s is read', (text, expected) => {
    expect(parseData(text)).toMatchObject({value: expected})
  })

  test.each(['synthetic:in=0', 'synthetic:in=N(5', 'synthetic:inn=5', ',out=5', 'x.jsonl,out=0'])(
    '%s is refused',
    (text) => {
      expect(parseData(text)).toHaveProperty('wrong')
    },
  )

  test.each<[string, unknown, object]>([
    [
      'ShareGPT',
      {
        conversations: [
          {from: 'human', value: 'a'},
          {from: 'gpt', value: 'bbbbbbbb'},
          {from: 'human', value: 'c'},
        ],
      },
      {exchanges: [{ask: 'a', answer: 'bbbbbbbb', wantedOut: 2}, {ask: 'c'}]},
    ],
    [
      'OpenAI',
      {
        messages: [
          {role: 'system', content: 's'},
          {role: 'user', content: 'u'},
        ],
        max_tokens: 7,
      },
      {before: [{role: 'system', text: 's'}], exchanges: [{ask: 'u', wantedOut: 7}]},
    ],
    [
      'OpenAI with an answer',
      {
        messages: [
          {role: 'user', content: [{type: 'text', text: 'u'}]},
          {role: 'assistant', content: 'a'},
        ],
      },
      {exchanges: [{ask: 'u', answer: 'a'}]},
    ],
    [
      'Converse',
      {system: [{text: 's'}], messages: [{role: 'user', content: [{text: 'u'}]}], inferenceConfig: {maxTokens: 9}},
      {before: [{text: 's'}], exchanges: [{ask: 'u', wantedOut: 9}]},
    ],
    ['LLMeter', {input_payload: {messages: [{role: 'user', content: [{text: 'u'}]}]}}, {exchanges: [{ask: 'u'}]}],
    ['AIPerf', {text: 'u', output_length: 3}, {exchanges: [{ask: 'u', wantedOut: 3}]}],
    ['AIPerf turns', {turns: [{text: 'a'}, {text: 'b'}]}, {exchanges: [{ask: 'a'}, {ask: 'b'}]}],
    [
      'guidellm',
      {prompt: 'u', prompt_tokens_count: 4, output_tokens_count: 5},
      {exchanges: [{ask: 'u', wantedIn: 4, wantedOut: 5}]},
    ],
  ])('of %s is read by its members', (_, value, expected) => {
    expect(readItem(value)).toMatchObject(expected)
  })

  test.each([
    null,
    5,
    [],
    {},
    {messages: []},
    {messages: [{role: 'assistant', content: 'a'}]},
    {messages: [{role: 'user', content: [{image: {}}]}]},
    {conversations: [{}]},
    {turns: []},
  ])('%o says what is wrong', (value) => {
    expect(readItem(value)).toHaveProperty('wrong')
  })

  test('is cut alike however its bytes come, as lines or as one array', async () => {
    const value = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())), {maxKeys: 3})
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, {minLength: 1}),
        fc.boolean(),
        fc.integer({min: 1, max: 9}),
        async (values, isList, step) => {
          const text = isList
            ? `\n ${JSON.stringify(values, undefined, 1)}`
            : values.map((one) => JSON.stringify(one)).join('\n')
          const bytes = Buffer.from(text)
          const pieces = Array.from({length: Math.ceil(bytes.length / step)}, (_, index) =>
            bytes.subarray(index * step, (index + 1) * step),
          )
          const items: unknown[] = []
          for await (const item of cutItems(Readable.from(pieces))) items.push(JSON.parse(item.text))
          expect(items).toEqual(values)
        },
      ),
      {numRuns: 60},
    )
  })

  test.each<[string, string, readonly object[]]>([
    [
      'own',
      '{"at_ms": 1000, "in": 5, "out": 2}\n{"at_ms": 500, "out": 1, "text": "hi"}',
      [
        {atMs: 0, text: 'hi', output: 1},
        {atMs: 500, input: 5},
      ],
    ],
    [
      'Mooncake',
      '{"timestamp": 27, "input_length": 1024, "output_length": 52, "hash_ids": [46, 47]}',
      [{atMs: 0, input: 1024, blocks: [46, 47]}],
    ],
    [
      'Azure',
      'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:47.1805900,0,10',
      [
        {atMs: 0, input: 374, output: 44},
        {atMs: expect.closeTo(500, 3), input: 1},
      ],
    ],
  ])('a trace of %s is read', async (name, text, expected) => {
    const file = join(folder, name)
    await writeFile(file, text)

    expect(await readTrace(file)).toMatchObject(expected)
  })

  test('a trace tells all lines that are wrong', async () => {
    const file = join(folder, 'wrong')
    await writeFile(file, '{"at_ms": -1}\nx\n{"at_ms": 1, "out": 2}\n')

    await expect(readTrace(file)).rejects.toMatchObject({
      why: expect.stringMatching(/line 1: at_ms[\s\S]*line 2: no JSON[\s\S]*line 3: in \(or/),
    })
  })
})

describe('prompts', () => {
  const synthetic = {
    kind: 'synthetic',
    input: {kind: 'constant', value: 100},
    output: {kind: 'constant', value: 10},
    prefix: null,
  } as const
  const question = {
    plan: synthetic,
    conversations: [],
    seed: 1,
    count: 3,
    turns: undefined,
    fit: {frame: 10, perWord: 1.5},
  }

  test('have as many words as make the tokens asked for, and are the same again', () => {
    const {prompts} = makePrompts(question)

    expect(prompts.map(countWords)).toEqual([60, 60, 60])
    expect(new Set(prompts.map(({turns}) => turns[0]?.text)).size).toBe(3)
    expect(makePrompts(question)).toEqual({prompts, sessions: undefined})
  })

  test('ask for more words than the tokens of the answer, where there is room to', () => {
    const asked = (input: number) =>
      makePrompts({...question, count: 1, plan: {...synthetic, input: {kind: 'constant', value: input}}}).prompts[0]

    expect(asked(40)?.turns[0]?.text).toMatch(/^(\w+ ){14}\w+\. Write at least 13 words\.$/)
    expect(asked(20)?.turns[0]?.text).toMatch(/^(\w+ ){6}\w+$/)
  })

  test('of one group share their prefix, which comes on top, and the nonce comes after it', () => {
    const {prompts} = makePrompts({...question, count: 4, plan: {...synthetic, prefix: {tokens: 300, groups: 2}}})
    expect(prompts.map((prompt) => [countWords(prompt), prompt.wantedIn])).toEqual(Array(4).fill([60 + 200, 400]))
    const prefixes = prompts.map(({turns}) => turns[0]?.text)

    expect(prefixes[0]).toBe(prefixes[2])
    expect(prefixes[0]).not.toBe(prefixes[1])
    expect(prompts.every(({nonceTurn, turns}) => nonceTurn === 1 && turns[0]?.role === 'system')).toBe(true)
  })

  test('of a conversation hold what was said before', () => {
    const {prompts, sessions} = makePrompts({...question, count: 2, turns: 3})

    expect(sessions).toEqual([0, 3])
    expect(prompts.map(({turns}) => turns.length)).toEqual([1, 3, 5, 1, 3, 5])
    expect(prompts[1]?.turns[0]).toEqual(prompts[0]?.turns[0])
  })

  test('of a trace are alike where their blocks are', () => {
    const row = {atMs: 0, input: 1100, output: 1, text: undefined}
    const {prompts} = tracePrompts(
      [
        {...row, blocks: [1, 2]},
        {...row, blocks: [1, 3]},
      ],
      1,
      ASSUMED_FIT,
    )
    const [first = '', second = ''] = prompts.map(({turns}) => turns[0]?.text ?? '')
    const words = Math.round(512 / ASSUMED_FIT.perWord)

    expect(first.split(' ').slice(0, words)).toEqual(second.split(' ').slice(0, words))
    expect(first).not.toBe(second)
  })

  test('lie one after the other in a book, each with the place of its nonce', () => {
    const made = makePrompts(question)
    const book = makeBook(made, ({turns}) => Buffer.from(JSON.stringify(turns)), true)
    const body = (place: number) =>
      Buffer.from(book.bytes)
        .subarray(book.starts[place], book.starts[place + 1])
        .toString()

    expect([...book.nonceAt]).toEqual([24, 24, 24])
    expect(body(1).slice(0, 24)).toBe('[{"role":"user","text":"')
    expect(body(1).slice(24 + 16)).toBe(` ${made.prompts[1]?.turns[0]?.text}"}]`)
    expect([...makeBook(made, () => Buffer.from('x'), false).nonceAt]).toEqual([-1, -1, -1])
  })

  test('are fitted by a straight line, unless none that is sane goes through', () => {
    expect(
      fitLengths([
        {words: 10, tokens: 25},
        {words: 100, tokens: 160},
        {words: 50, tokens: 85},
      ]),
    ).toEqual({frame: expect.closeTo(10, 6), perWord: expect.closeTo(1.5, 9)})
    expect(fitLengths([{words: 10, tokens: 25}])).toBeUndefined()
    expect(
      fitLengths([
        {words: 10, tokens: 25},
        {words: 20, tokens: 20},
      ]),
    ).toBeUndefined()
  })
})
