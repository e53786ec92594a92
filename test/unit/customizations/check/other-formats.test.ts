import {expect, test} from 'vitest'
import {checkData, jsonl} from '../../../support/dataset-case.js'

test.each([
  [
    'OpenAI preferences',
    {input: {messages: []}, preferred_output: [], non_preferred_output: []},
    'dpo-format',
    'one that is not',
  ],
  ['chosen and rejected', {prompt: 'a', chosen: 'b', rejected: 'c'}, 'dpo-format', 'one that is not'],
  ['Alpaca', {instruction: 'a', input: '', output: 'b'}, 'format', 'Alpaca'],
  ['ShareGPT', {conversations: [{from: 'human', value: 'a'}]}, 'format', 'ShareGPT'],
  ['a record of batch inference', {recordId: 'a', modelInput: {}}, 'format', 'batch inference'],
  [
    'an invocation log',
    {schemaType: 'ModelInvocationLog', modelId: 'x', input: {}, output: {}},
    'format',
    'invocationLogsConfig',
  ],
  ['an image and its caption', {'image-ref': 's3://b-1/a.png', caption: 'A cat'}, 'format', 'image-ref and caption'],
  ['text alone', {text: 'Once upon a time'}, 'format', 'without an answer'],
  ['an array', [{prompt: 'a'}], 'json', 'one JSON array'],
])('%s is named as what it is', async (_, row, code, words) => {
  const {findings} = await checkData(jsonl([row]))

  const found = findings.find((one) => one.code === code)
  expect(found?.text).toContain(words)
  expect(found?.severity).toBe('error')
})

test.each([
  ['a table', 'prompt,completion\nSay A,A\n', 'CSV'],
  ['an array over several lines', '[\n  {"prompt": "a"},\n  {"prompt": "b"}\n]\n', 'jq'],
  ['an object over several lines', '{\n  "prompt": "a"\n}\n', 'jq -c .'],
])('%s is named by its first line', async (_, content, words) => {
  const {findings} = await checkData(content)

  const found = findings.find(({code}) => code === 'json')
  expect(found?.lines[0]).toEqual({line: 1, row: null})
  expect(found?.text).toContain(words)
})

test('chat messages of OpenAI are named once, whatever their number', async () => {
  const chat = {
    messages: [
      {role: 'system', content: 'Be kind.'},
      {role: 'user', content: 'Hi'},
      {role: 'assistant', content: 'Hello'},
    ],
  }
  const {findings} = await checkData(jsonl([chat]))

  expect(findings.filter(({severity}) => severity === 'error').map(({code, fixable}) => [code, fixable])).toEqual([
    ['count-min', false],
    ['format', true],
    ['role-system-in-messages', true],
  ])
})
