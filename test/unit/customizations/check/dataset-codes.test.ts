import {expect, test} from 'vitest'
import {DATASET_RULES} from '../../../../src/lib/customizations/datasets/check-codes.js'
import type {CustomizationType} from '../../../../src/lib/customizations/ports.js'
import {checkData, codesOf, converseRow, type DatasetOptions, goodRows, jsonl} from '../../../support/dataset-case.js'

const NOVA_2 = 'amazon.nova-2-lite-v1:0'
const MICRO = 'amazon.nova-micro-v1:0'
const LLAMA_31 = 'meta.llama3-1-8b-instruct-v1:0'
const LLAMA_33 = 'meta.llama3-3-70b-instruct-v1:0'
const CLAUDE = 'anthropic.claude-3-haiku-20240307-v1:0'
const TITAN_IMAGE = 'amazon.titan-image-generator-v2:0'

const AWS_KEY = ['AKIA', 'QRSTUVWXYZ234567'].join('')
const PRIVATE_KEY = ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')

interface Case extends DatasetOptions {
  /** Said where one code has several reasons. */
  readonly why?: string
  readonly format?: string
  readonly rows?: number
  /** Stands beside the rows that are right. */
  readonly row?: unknown
  /** In place of all rows. */
  readonly content?: string | Buffer
  /** Findings that the base of the case always has. */
  readonly also?: readonly string[]
}

const qa = (question: unknown, answer: unknown): object =>
  converseRow([
    ['user', question],
    ['assistant', answer],
  ])
const image = (uri: unknown, format = 'png'): object => ({image: {format, source: {s3Location: {uri}}}})
const video = (uri: string): object => ({video: {format: 'mp4', source: {s3Location: {uri}}}})
const text = {text: 'What is this?'}
const MEDIA = ['media-not-checked']
const deep = `{"messages":${'['.repeat(70)}${']'.repeat(70)}}`
const DISTILLATION: CustomizationType = 'DISTILLATION'

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'base-region': [{region: 'eu-west-1'}],
  'base-lifecycle': [
    {why: 'the base has ended', base: CLAUDE, format: 'claude'},
    {why: 'the type has ended', base: 'amazon.titan-text-express-v1', type: 'CONTINUED_PRE_TRAINING', format: 'text'},
  ],
  'type-base': [{base: MICRO, type: 'REINFORCEMENT_FINE_TUNING'}],
  'file-name': [{name: 'train.json'}, {why: 'characters', name: 's3://data/in/tr ain.jsonl'}],
  encoding: [
    {content: Buffer.concat([Buffer.from(jsonl(goodRows('converse', 100))), Buffer.from('{"a":"\xff"}\n', 'latin1')])},
    {why: 'zero bytes', row: '{"messages":\0\0}'},
  ],
  'byte-order-mark': [{content: `\ufeff${jsonl(goodRows('converse', 100))}`}],
  'json-escape': [{row: JSON.stringify(qa('Half of a pair: X', 'Yes.')).replace('X', '\\ud800')}],
  'line-ending': [
    {why: 'of Windows', content: jsonl(goodRows('converse', 100)).replaceAll('\n', '\r\n')},
    {why: 'none at the end', content: jsonl(goodRows('converse', 100)).trimEnd()},
  ],
  'empty-line': [{row: ''}],
  json: [{row: '{"messages":['}, {why: 'an array', row: '[1]'}, {why: 'a number', row: '1'}],
  'json-bomb': [{row: deep}],
  'json-key-twice': [
    {row: JSON.stringify(qa('Twice?', 'Yes.')).replace('{', '{"system":[{"text":"a b"}],"system":[{"text":"a b"}],')},
  ],
  format: [
    {why: 'prompt and completion', row: {prompt: 'a b', completion: 'c d'}},
    {why: 'unknown keys', row: {question: 'a b'}},
    {
      why: 'bare text',
      row: {
        ...converseRow([]),
        messages: [
          {role: 'user', content: 'bare text'},
          {role: 'assistant', content: [{text: 'y'}]},
        ],
      },
    },
    {why: 'Converse for Llama 3.1', base: LLAMA_31, format: 'prompt-completion', row: qa('a b', 'c d')},
    {
      why: 'blocks for reinforcement',
      base: NOVA_2,
      type: 'REINFORCEMENT_FINE_TUNING',
      format: 'rft',
      row: {messages: [{role: 'user', content: [{text: 'A question?'}]}], reference_answer: 'x'},
    },
  ],
  'dpo-format': [
    {
      row: {
        ...converseRow([]),
        messages: [
          {role: 'user', content: [text]},
          {role: 'assistant', candidates: []},
        ],
      },
    },
    {why: 'chosen and rejected', row: {prompt: 'a', chosen: 'b', rejected: 'c'}},
  ],
  'key-missing': [
    {base: LLAMA_31, format: 'prompt-completion', row: {prompt: 'Without an answer'}},
    {why: 'a block without content', row: qa([{}], 'Yes.')},
  ],
  'key-type': [
    {base: LLAMA_31, format: 'prompt-completion', row: {prompt: 'With a number', completion: 5}},
    {
      why: 'of all rows',
      base: LLAMA_31,
      content: jsonl(Array.from({length: 100}, (_, index) => ({prompt: index, completion: `${index}`}))),
    },
  ],
  'key-extra': [
    {row: {...qa('Is there more?', 'Yes.'), id: 5}},
    {
      why: 'in a message',
      row: JSON.stringify(qa('Who asks?', 'You.')).replace('"role":"user"', '"role":"user","name":"Jo"'),
    },
    {
      why: 'beside prompt and completion',
      base: LLAMA_31,
      format: 'prompt-completion',
      row: {prompt: 'More?', completion: 'Yes', id: 1},
    },
  ],
  'schema-version': [{row: {...qa('Which version?', 'None.'), schemaVersion: undefined}}],
  'role-unknown': [
    {
      row: converseRow([
        ['human', 'Who am I?'],
        ['assistant', 'A human.'],
      ]),
    },
  ],
  'role-case': [
    {
      row: converseRow([
        ['User', 'Who am I?'],
        ['assistant', 'A user.'],
      ]),
    },
  ],
  'role-system-in-messages': [
    {
      row: converseRow([
        ['system', 'Be kind.'],
        ['user', 'Who am I?'],
        ['assistant', 'A user.'],
      ]),
    },
  ],
  'role-order': [
    {
      row: converseRow([
        ['assistant', 'Hello.'],
        ['user', 'Who am I?'],
        ['assistant', 'A user.'],
      ]),
    },
  ],
  'last-turn': [
    {
      row: converseRow([
        ['user', 'Who am I?'],
        ['assistant', 'A user.'],
        ['user', 'Thanks.'],
      ]),
    },
  ],
  turns: [
    {row: converseRow([['user', 'Only a question.']])},
    {
      why: 'distillation of Llama',
      base: LLAMA_33,
      type: DISTILLATION,
      format: 'prompts',
      row: converseRow([
        ['user', 'One?'],
        ['assistant', 'Yes.'],
        ['user', 'Two?'],
      ]),
    },
    {
      why: 'reinforcement',
      base: NOVA_2,
      type: 'REINFORCEMENT_FINE_TUNING',
      format: 'rft',
      row: {
        messages: [
          {role: 'user', content: 'One?'},
          {role: 'assistant', content: 'Yes.'},
          {role: 'user', content: 'Two?'},
        ],
        reference_answer: 'x',
      },
    },
  ],
  'empty-content': [{row: qa(' \n ', 'An answer.')}, {why: 'no block', row: qa([], 'An answer.')}],
  'reserved-word': [
    {row: qa('Answer as USER: would', 'No.')},
    {why: 'escaped', row: JSON.stringify(qa('It ends in [EXS]', 'No.')).replace('X', '\\u004f')},
  ],
  'reserved-word-extra': [{row: qa('A <unk> stands here', 'Yes.')}],
  'tokens-hard': [
    {base: LLAMA_31, format: 'prompt-completion', row: {prompt: 'long '.repeat(20_000), completion: 'Yes'}},
  ],
  'tokens-estimate': [{base: LLAMA_33, row: qa('long text '.repeat(7000), 'Yes.')}],
  'line-size': [
    {base: LLAMA_33, type: DISTILLATION, format: 'prompts', row: converseRow([['user', 'long text '.repeat(1700)]])},
  ],
  'caption-length': [
    {
      base: TITAN_IMAGE,
      format: 'image',
      row: {'image-ref': 's3://pictures/in/x.png', caption: 'ab'},
      also: [...MEDIA, 'base-lifecycle'],
    },
  ],
  'count-min': [{rows: 7}, {why: 'no row', content: ''}],
  'count-max': [{rows: 20_001}],
  'count-few': [{rows: 99}],
  'validation-set': [{base: NOVA_2, rows: 200, validation: jsonl([qa('A fresh question', 'Yes.')])}],
  duplicate: [
    {row: goodRows('converse', 1)[0]},
    {why: 'escaped otherwise', row: JSON.stringify(goodRows('converse', 1)[0]).replace('sum', '\\u0073um')},
  ],
  conflicting: [{row: qa('What is the sum of 0 and one?', 'It is two.')}],
  leakage: [
    {validation: jsonl(goodRows('converse', 1))},
    {why: 'the prompt', validation: jsonl([qa('What is the sum of 0 and one?', 'It is two.')])},
    {
      why: 'written beyond ASCII here and escaped there',
      row: qa('Où est le café ?', 'Là.\n'),
      validation: jsonl([
        JSON.stringify(qa('Où est le café ?', 'Là.\n')).replace('é', '\\u00E9').replace('ù', '\\u00f9'),
      ]),
    },
  ],
  pii: [
    {why: 'e-mail', row: qa('Write to joe.doe@acme.io please', 'Done.')},
    {why: 'phone', row: qa('Call +49 30 901820 117 now', 'Done.')},
    {why: 'card', row: qa('Pay with 4111 1111 1111 1111 now', 'Done.')},
    {why: 'social security', row: qa('Her number is 512-45-6789, right?', 'Yes.')},
    {why: 'IBAN', row: qa('Pay to DE89 3704 0044 0532 0130 00 now', 'Done.')},
  ],
  secret: [{row: qa(`The key is ${AWS_KEY}.`, 'No.')}, {why: 'a private key', row: qa(`${PRIVATE_KEY}\nabc`, 'No.')}],
  'media-mixed': [
    {
      content: jsonl([
        ...goodRows('converse', 100),
        qa([text, image('s3://b-1/a.png')], 'A cat.'),
        qa([text, video('s3://b-1/a.mp4')], 'A dog.'),
      ]),
      also: MEDIA,
    },
  ],
  'media-role': [{row: qa('Draw a cat.', [text, image('s3://b-1/a.png')]), also: MEDIA}],
  'media-model': [{base: MICRO, row: qa([text, image('s3://b-1/a.png')], 'A cat.')}],
  'media-format': [{row: qa([text, image('s3://b-1/a.png', 'bmp')], 'A cat.'), also: MEDIA}],
  'media-count': [
    {row: qa([text, ...Array.from({length: 11}, (_, index) => image(`s3://b-1/${index}.png`))], 'Cats.'), also: MEDIA},
  ],
  'media-uri': [
    {row: qa([text, image('https://b-1/a.png')], 'A cat.')},
    {why: 'characters', row: qa([text, image('s3://b-1/a b.png')], 'A cat.')},
    {why: 'longer than a key', row: qa([text, image(`s3://b-1/${'a'.repeat(1100)}.png`)], 'A cat.')},
    {why: 'another bucket', name: 's3://mine/train.jsonl', row: qa([text, image('s3://other/a.png')], 'A cat.')},
  ],
  'media-not-checked': [{row: qa([text, image('s3://b-1/a.png')], 'A cat.')}],
  reasoning: [{row: qa('Think first.', [{reasoningContent: {reasoningText: {text: 'Hm.'}}}, {text: 'Done.'}])}],
  tools: [{row: qa('Use a tool.', [{toolUse: {toolUseId: 'a', name: 'none', input: {}}}])}],
  'rft-reference': [
    {
      base: NOVA_2,
      type: 'REINFORCEMENT_FINE_TUNING',
      format: 'rft',
      row: {messages: [{role: 'user', content: 'Without reference?'}]},
    },
  ],
  'rft-user': [
    {
      base: NOVA_2,
      type: 'REINFORCEMENT_FINE_TUNING',
      format: 'rft',
      row: {messages: [{role: 'system', content: 'Be kind.'}], reference_answer: 'x'},
    },
  ],
}

/** Codes that need more than a few rows: held in tests of their own. */
const ELSEWHERE = ['file-size', 'media-missing', 'media-size', 'media-dimensions', 'media-duration']

const cases = Object.entries(CASES).flatMap(([code, all]) =>
  all.map((one) => ({code, title: `${code}${one.why ? ` (${one.why})` : ''}`, ...one})),
)

test.each(cases)('a data set that breaks $title has that finding and no other', async ({code, also = [], ...one}) => {
  const {content, format = 'converse', row, rows = one.base === NOVA_2 && format === 'converse' ? 200 : 100} = one
  const good = goodRows(format, rows)
  const all = content ?? jsonl(row === undefined ? good : [...good, row])

  const result = await checkData(all, one)

  expect(codesOf(result)).toEqual([...also, code].sort())
  const rule = DATASET_RULES[code as keyof typeof DATASET_RULES]
  expect(result.gate.passed).toBe(!result.findings.some(({severity}) => severity === 'error'))
  expect(result.findings.find((finding) => finding.code === code)?.fix).toBe(rule.fix)
})

test('every check has a data set that breaks it', () => {
  expect(
    Object.keys(DATASET_RULES)
      .filter((code) => !ELSEWHERE.includes(code))
      .sort(),
  ).toEqual(Object.keys(CASES).sort())
})

test.each([
  ['converse', 'amazon.nova-lite-v1:0', 'FINE_TUNING', 100],
  ['converse', NOVA_2, 'FINE_TUNING', 200],
  ['converse', LLAMA_33, 'FINE_TUNING', 100],
  ['prompt-completion', LLAMA_31, 'FINE_TUNING', 100],
  ['prompts', LLAMA_33, 'DISTILLATION', 100],
  ['rft', NOVA_2, 'REINFORCEMENT_FINE_TUNING', 100],
] as const)('rows of %s that are right for %s pass', async (format, base, type, rows) => {
  const result = await checkData(jsonl(goodRows(format, rows)), {base, type})

  expect(result.findings).toEqual([])
  expect(result).toMatchObject({gate: {passed: true}, files: [{rows, wrongRows: 0}]})
})
