import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readLines} from '../../../../src/lib/cost/tokens/read-lines.js'
import {readPrompt, readSamples} from '../../../../src/lib/cost/tokens/read-samples.js'
import type {Sample} from '../../../../src/lib/cost/tokens/sample.js'
import {collect, linesOf, streamOf} from './streams.js'

const SECRET = 'merger on Friday'

const read = (content: string | Uint8Array, chunkBytes?: number) =>
  collect(readSamples(streamOf(content, chunkBytes), 'prompts.jsonl'))

async function readOne(value: unknown): Promise<Sample> {
  const [sample] = await read(linesOf([value]))
  if (sample === undefined) throw new Error('no sample')
  return sample
}

async function refusalOf(content: string | Uint8Array): Promise<{code: string; message: string; why: string}> {
  return (await read(content).then(
    () => undefined,
    (error: unknown) => error,
  )) as {code: string; message: string; why: string}
}

const said = (text: string) => ({kind: 'converse', messages: [{role: 'user', content: [{text}]}]})

describe('a line', () => {
  test.each([
    ['text', SECRET],
    ['a prompt', {prompt: SECRET}],
    ['a body of Llama in a batch record', {recordId: 'A1', modelInput: {prompt: SECRET, max_gen_len: 9}}],
    ['messages of a chat', {messages: [{role: 'user', content: SECRET}]}],
    ['messages with typed parts', {messages: [{role: 'user', content: [{type: 'text', text: SECRET}]}]}],
    ['a body of Converse', {messages: [{role: 'user', content: [{text: SECRET}]}]}],
  ])('of %s is a prompt of Converse', async (_what, value) => {
    expect(await readOne(value)).toMatchObject({input: said(SECRET), texts: [SECRET], messages: 1, output: null})
  })

  test('of a chat keeps its system, turns, calls and tools', async () => {
    const {input, texts, tools, leftOut, beyondText} = await readOne({
      messages: [
        {role: 'system', content: 'Be brief.'},
        {role: 'user', content: 'Weather?'},
        {
          role: 'user',
          content: [
            {type: 'image_url', image_url: {url: 'https://example.com/a.png'}},
            {type: 'text', text: 'Here.'},
          ],
        },
        {role: 'assistant', content: null, tool_calls: [{id: 'a', function: {name: 'look', arguments: '{}'}}]},
        {role: 'tool', content: 'Sunny'},
      ],
      tools: [{type: 'function', function: {name: 'look', description: 'looks', parameters: {type: 'object'}}}],
    })

    const call = '{"name":"look","arguments":"{}"}'
    const toolSpec = {name: 'look', description: 'looks', inputSchema: {json: {type: 'object'}}}
    expect(input).toEqual({
      kind: 'converse',
      system: [{text: 'Be brief.'}],
      messages: [
        {role: 'user', content: [{text: 'Weather?'}, {text: 'Here.'}]},
        {role: 'assistant', content: [{text: call}]},
        {role: 'user', content: [{text: 'Sunny'}]},
      ],
      toolConfig: {tools: [{toolSpec}]},
    })
    expect(texts).toEqual(['Be brief.', 'Weather?', 'Here.', call, 'Sunny', JSON.stringify({tools: [{toolSpec}]})])
    expect({tools, leftOut, beyondText}).toEqual({tools: true, leftOut: 1, beyondText: 1})
  })

  test('of a body of Anthropic goes out as it is', async () => {
    const modelInput = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      system: 'Be brief.',
      tools: [{name: 'look'}],
      messages: [
        {
          role: 'user',
          content: [
            {type: 'text', text: 'Hi'},
            {type: 'image', source: {}},
          ],
        },
        {role: 'assistant', content: [{type: 'tool_use', name: 'look', input: {at: 1}}]},
        {role: 'user', content: [{type: 'tool_result', content: [{type: 'text', text: 'Sunny'}]}]},
      ],
    }

    expect(await readOne({recordId: 'A1', modelInput})).toMatchObject({
      input: {kind: 'invoke', body: modelInput},
      texts: ['Be brief.', 'Hi', '"look"', '{"at":1}', 'Sunny', '[{"name":"look"}]'],
      messages: 3,
      tools: true,
      beyondText: 1,
      leftOut: 0,
    })
  })

  test('of a body of Converse keeps every block', async () => {
    const body = {
      system: [{text: 'Be brief.'}, {cachePoint: {type: 'default'}}],
      toolConfig: {tools: []},
      messages: [
        {
          role: 'user',
          content: [
            {image: {format: 'png', source: {bytes: 'AAAA'}}},
            {document: {name: 'a', source: {text: 'The notes'}}},
            {guardContent: {text: {text: 'Guarded'}}},
          ],
        },
        {
          role: 'assistant',
          content: [
            {reasoningContent: {reasoningText: {text: 'Hm'}}},
            {toolUse: {toolUseId: 'a', name: 'look', input: {at: 1}}},
          ],
        },
        {role: 'user', content: [{toolResult: {toolUseId: 'a', content: [{json: {c: 1}}, {text: 'Sunny'}]}}]},
      ],
    }

    expect(await readOne(body)).toMatchObject({
      input: {kind: 'converse', ...body},
      texts: ['Be brief.', 'The notes', 'Guarded', 'Hm', '"look"', '{"at":1}', '{"c":1}', 'Sunny', '{"tools":[]}'],
      beyondText: 1,
      leftOut: 0,
    })
  })

  test.each([
    [{inputText: 'Hi'}, ['Hi']],
    [{texts: ['one', 'two']}, ['one', 'two']],
    [{message: 'Hi', preamble: 'Be brief.'}, ['Hi', 'Be brief.']],
  ])('of a body of another model, %j, goes out as it is', async (modelInput, texts) => {
    expect(await readOne({recordId: 'A1', modelInput})).toMatchObject({
      input: {kind: 'invoke', body: modelInput},
      texts,
    })
  })

  test.each(['completion', 'output'])('may hold the answer that is expected, as %s', async (name) => {
    expect((await readOne({prompt: 'Hi', [name]: 'Hello'})).output).toBe('Hello')
  })

  test.each<[unknown, string]>([
    [7, 'is neither text nor an object'],
    [[SECRET], 'is neither text nor an object'],
    ['  ', 'holds an empty prompt'],
    [{prompt: ' '}, 'holds an empty prompt'],
    [{question: SECRET}, 'has no prompt, messages or modelInput'],
    [{modelInput: SECRET}, 'modelInput must be an object'],
    [{messages: SECRET}, 'messages must be a list'],
    [{messages: []}, 'messages is an empty list'],
    [{messages: [SECRET]}, 'messages[0] must be an object with role and content'],
    [{messages: [{role: SECRET, content: 'a'}]}, 'messages[0].role must be user, assistant, system, developer or tool'],
    [{messages: [{role: 'user', content: 7}]}, 'messages[0].content must be text or a list of parts'],
    [{messages: [{role: 'system', content: SECRET}]}, 'has no message of a user'],
    [{messages: [{role: 'tool', content: [{text: SECRET}]}]}, 'messages[0].role must be user or assistant'],
    [
      {messages: [{role: 'user', content: [{text: SECRET}, 7]}]},
      'messages[0].content must be text or a list of blocks',
    ],
    [{anthropic_version: 'x', messages: [{role: 'user'}]}, 'messages[0] has no content'],
    [{prompt: SECRET, output: {}}, 'output must be text'],
  ])('%j is told to be wrong, in words of ours', async (value, problem) => {
    const {code, why} = await refusalOf(linesOf([value]))

    expect(code).toBe('SAMPLES_INVALID')
    expect(why).toBe(`line 1: ${problem}`)
  })
})

describe('a file', () => {
  test('is read whatever its chunks, line ends, marks and blank lines are', async () => {
    const content = `\uFEFF"één"\r\n\r\n"twee"\n   \n"drie 🙂"`

    for (const chunkBytes of [1, 2, 3, 7, 1000]) {
      const samples = await read(content, chunkBytes)
      expect(samples.flatMap(({texts}) => texts)).toEqual(['één', 'twee', 'drie 🙂'])
    }
  })

  test.each([1, 3, 1000])('in UTF-16 is read as PowerShell wrote it, in chunks of %i', async (chunkBytes) => {
    const samples = await read(Buffer.from('\uFEFF"één"\r\n"twee"\r\n', 'utf16le'), chunkBytes)

    expect(samples.flatMap(({texts}) => texts)).toEqual(['één', 'twee'])
  })

  test('tells every wrong line by number, and repeats none of it', async () => {
    const {code, message, why} = await refusalOf(
      Buffer.concat([
        Buffer.from(`"fine"\n{"prompt": "${SECRET}\n\n{"question": "${SECRET}"}\n`),
        Buffer.from([0xff, 0xfe, 0x0a]),
        Buffer.from(`${SECRET}\n`),
      ]),
    )

    expect(code).toBe('SAMPLES_INVALID')
    expect(message).toBe('4 lines of prompts.jsonl cannot be read as a prompt.')
    expect(why.split('\n')).toEqual([
      'line 2: not JSON',
      'line 4: has no prompt, messages or modelInput',
      'line 5: not UTF-8',
      'line 6: not JSON',
    ])
  })

  test('with many wrong lines tells the first ones and how many more', async () => {
    const {why} = await refusalOf('no\n'.repeat(5000))

    expect(why.split('\n')).toHaveLength(13)
    expect(why).toContain('and 4988 more')
  })

  test('may have lines of 4 MiB and none longer', async () => {
    const longest = 4 * 1024 * 1024
    const fits = await read(`"${'a'.repeat(longest - 2)}"\n"b"`)
    const {why} = await refusalOf(`"${'a'.repeat(longest - 1)}"\n"b"`)

    expect(fits).toHaveLength(2)
    expect(why).toBe('line 1: longer than 4 MiB')
  })

  test.each(['', '\n \n', '\uFEFF'])('of %j holds no prompt', async (content) => {
    expect(await refusalOf(content)).toMatchObject({code: 'SAMPLES_EMPTY'})
  })

  test('is split as text is, wherever its chunks end', async () => {
    const lines = fc.array(
      fc.string().map((line) => line.replaceAll('\n', ' ')),
      {minLength: 1},
    )
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({min: 1, max: 9}), async (written, chunkBytes) => {
        const found = await collect(readLines(streamOf(`${written.join('\n')}\n`, chunkBytes), 1000))

        expect(found.map((line) => ('bytes' in line ? Buffer.from(line.bytes).toString() : null))).toEqual(written)
        expect(found.map(({number}) => number)).toEqual(written.map((_, index) => index + 1))
      }),
    )
  })
})

describe('a prompt file', () => {
  const prompt = (content: string | Uint8Array) => readPrompt(streamOf(content), 'prompt.txt')

  test('is one prompt, as it stands', async () => {
    expect(await prompt('Hello\n"world"\n')).toMatchObject({input: said('Hello\n"world"\n'), messages: 1})
  })

  test.each([
    ['nothing', '', 'SAMPLES_EMPTY'],
    ['blanks', ' \n', 'SAMPLES_EMPTY'],
    ['no text', Buffer.from([0x80, 0x81]), 'PROMPT_INVALID'],
    ['more than a request', Buffer.alloc(25_000_001, 'a'), 'PROMPT_TOO_LARGE'],
  ])('of %s is refused', async (_what, content, code) => {
    await expect(prompt(content)).rejects.toMatchObject({code, fault: 'usage'})
  })
})
