import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {buildBody} from '../../../../src/lib/imports/invoke/build-body.js'
import {chooseFormat} from '../../../../src/lib/imports/invoke/choose-format.js'
import {readAnswer} from '../../../../src/lib/imports/invoke/read-answer.js'
import {readMessages} from '../../../../src/lib/imports/invoke/read-messages.js'
import {importedModel} from '../../../support/import-case.js'

const OLD = '2025-06-01T00:00:00.000Z'

describe('the format of a request', () => {
  test.each([
    ['converse where the service says that it works', {}, false, 'converse'],
    ['a completion for a prompt where it does not', {instructSupported: false}, false, 'completion'],
    ['a completion where nobody says', {instructSupported: null}, false, 'completion'],
    ['a chat completion for a conversation', {instructSupported: false}, true, 'chat-completion'],
    ['a chat completion for GPT-OSS', {instructSupported: false, architecture: 'gpt_oss'}, false, 'chat-completion'],
    ['that of Llama before other formats', {instructSupported: false, createdAt: OLD}, false, 'family-prompt'],
    [
      'that of Mistral before other formats',
      {instructSupported: false, createdAt: OLD, architecture: 'mistral'},
      false,
      'completion',
    ],
    ['converse of an old model too', {createdAt: OLD}, true, 'converse'],
  ] as const)('is %s', (_, over, conversation, format) => {
    expect(chooseFormat({api: undefined, conversation, model: importedModel(over)})).toBe(format)
  })

  test('can be asked for', () => {
    const model = importedModel({instructSupported: false})

    expect(chooseFormat({api: 'converse', conversation: false, model})).toBe('converse')
    expect(chooseFormat({api: 'invoke', conversation: true, model: importedModel()})).toBe('chat-completion')
  })

  test('of a conversation is refused where the model takes prompts alone', () => {
    const model = importedModel({instructSupported: false, createdAt: OLD})

    expect(() => chooseFormat({api: undefined, conversation: true, model})).toThrow('takes prompts, not conversations')
  })
})

test('bodies are worded as each format has it', () => {
  const turns = [
    {role: 'system', text: 'Be brief.'},
    {role: 'user', text: 'Hello'},
  ] as const
  const said = (format: Parameters<typeof buildBody>[0], some: Parameters<typeof buildBody>[1]) => {
    const {api, body} = buildBody(format, some, 9)
    return [api, JSON.parse(Buffer.from(body).toString())]
  }

  expect(said('converse', turns)).toEqual([
    'Converse',
    {
      system: [{text: 'Be brief.'}],
      messages: [{role: 'user', content: [{text: 'Hello'}]}],
      inferenceConfig: {maxTokens: 9},
    },
  ])
  expect(said('chat-completion', turns)).toEqual([
    'InvokeModel',
    {
      messages: [
        {role: 'system', content: 'Be brief.'},
        {role: 'user', content: 'Hello'},
      ],
      max_tokens: 9,
    },
  ])
  expect(said('completion', turns.slice(1))[1]).toEqual({prompt: 'Hello', max_tokens: 9})
  expect(said('family-prompt', turns.slice(1))[1]).toEqual({prompt: 'Hello', max_gen_len: 9})
})

describe('an answer', () => {
  const read = (value: unknown) => readAnswer(Buffer.from(JSON.stringify(value)))

  test.each([
    [
      {
        output: {message: {content: [{text: 'a'}, {text: 'b'}]}},
        stopReason: 'end_turn',
        usage: {inputTokens: 3, outputTokens: 2},
      },
      {text: 'ab', stopReason: 'end_turn', inputTokens: 3, outputTokens: 2},
    ],
    [
      {
        choices: [{message: {content: 'a'}, finish_reason: 'stop'}],
        usage: {prompt_tokens: 3, completion_tokens: 2},
      },
      {text: 'a', stopReason: 'stop', inputTokens: 3, outputTokens: 2},
    ],
    [
      {choices: [{text: 'a', finish_reason: 'length'}]},
      {text: 'a', stopReason: 'length', inputTokens: null, outputTokens: null},
    ],
    [
      {generation: 'a', prompt_token_count: 3, generation_token_count: 2, stop_reason: 'stop'},
      {text: 'a', stopReason: 'stop', inputTokens: 3, outputTokens: 2},
    ],
    [{text: 'a'}, {text: 'a', stopReason: null, inputTokens: null, outputTokens: null}],
    [{outputs: [{text: 'a'}]}, {text: 'a', stopReason: null, inputTokens: null, outputTokens: null}],
  ])('of a known shape is read: %j', (value, expected) => {
    expect(read(value)).toEqual(expected)
  })

  test('loses the marks of a chat template around it, and nothing else', () => {
    expect(read({text: '<|im_start|>assistant\n <|im_start|> hello<|im_end|>\n'}).text).toBe(' <|im_start|> hello')
  })

  test('of any other shape is told as such, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const {text} = read({other: value})
        expect(text).toBeNull()
      }),
    )
    expect(readAnswer(Buffer.from('<html>')).text).toBeNull()
  })
})

describe('a file of messages', () => {
  async function fileOf(text: string): Promise<string> {
    const file = join(await mkdtemp(join(tmpdir(), 'messages-')), 'chat.json')
    await writeFile(file, text)
    return file
  }

  test('may hold texts or blocks, as a list or within an object', async () => {
    const list = [
      {role: 'system', content: 'a'},
      {role: 'user', content: [{type: 'text', text: 'b'}, {text: 'c'}]},
    ]
    const turns = [
      {role: 'system', text: 'a'},
      {role: 'user', text: 'b\nc'},
    ]

    expect(await readMessages(await fileOf(JSON.stringify(list)))).toEqual(turns)
    expect(await readMessages(await fileOf(JSON.stringify({messages: list})))).toEqual(turns)
  })

  test.each(['{', '[]', '{"messages": [{"role": "judge", "content": "secret"}]}', '"hello"'])(
    'that holds none is refused without its words: %s',
    async (text) => {
      const file = await fileOf(text)

      const refused = readMessages(file)

      await expect(refused).rejects.toMatchObject({code: 'MESSAGES_INVALID'})
      await expect(refused).rejects.not.toMatchObject({why: expect.stringContaining('secret')})
    },
  )

  test('that is not there is refused', async () => {
    await expect(readMessages('/nowhere/chat.json')).rejects.toMatchObject({code: 'INPUT_UNREADABLE'})
  })
})
