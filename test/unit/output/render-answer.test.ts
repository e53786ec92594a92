import {describe, expect, test} from 'vitest'
import type {Answer} from '../../../src/lib/core/answer.schema.js'
import {renderAnswer} from '../../../src/lib/output/render-answer.js'
import type {View} from '../../../src/lib/output/view.js'
import {PIPE, terminalOf} from '../../support/terminals.js'

interface Probe extends Answer {
  readonly models: readonly {readonly id: string; readonly price: number | null}[]
}

const REAL: Probe = {
  schemaVersion: 1,
  simulated: false,
  unread: [],
  models: [
    {id: 'a.one', price: 1},
    {id: 'b.two', price: null},
  ],
}
const SIMULATED: Probe = {...REAL, simulated: true}

const VIEW: View<Probe, Probe['models'][number]> = {
  rows: (result) => result.models,
  columns: () => [
    {key: 'id', title: 'Model', value: (model) => model.id},
    {key: 'price', title: 'Price', value: (model) => model.price},
  ],
  extra: {mermaid: () => 'graph LR'},
}

function render(result: Probe, format: string, query?: string, terminal = PIPE): Promise<string> {
  return renderAnswer(result, VIEW, {format, query, terminal})
}

test('each line of a footer is wrapped by itself', async () => {
  const footer = () => 'two models in one Region\nidle: a.one, nobody has called it for 7 days'
  const request = {format: 'table', query: undefined, terminal: terminalOf(40)}

  expect((await renderAnswer(REAL, {...VIEW, footer}, request)).split('\n').slice(-3)).toEqual([
    'two models in one Region',
    'idle: a.one, nobody has called it for 7',
    'days',
  ])
})

describe('a simulated answer is labelled', () => {
  test('in a table by its first line', async () => {
    expect((await render(SIMULATED, 'table')).split('\n').slice(0, 2)).toEqual([
      'simulated  answered by the embedded sandbox, not by AWS',
      'Model  Price',
    ])
  })

  test('in a narrow terminal without a line that is too wide', async () => {
    const [first, second] = (await render(SIMULATED, 'table', undefined, terminalOf(40))).split('\n')

    expect([first, second]).toEqual(['simulated answered by the embedded', 'sandbox, not by AWS'])
  })

  test('in JSON by its member', async () => {
    expect(JSON.parse(await render(SIMULATED, 'json'))).toMatchObject({simulated: true})
  })

  test('in NDJSON on each line', async () => {
    expect(await render(SIMULATED, 'ndjson')).toBe(
      '{"id":"a.one","price":1,"simulated":true}\n{"id":"b.two","price":null,"simulated":true}\n',
    )
  })

  test('in CSV by a column', async () => {
    expect((await render(SIMULATED, 'csv')).split('\n')[0]).toBe('id,price,simulated')
  })

  test('in Markdown by a quoted line', async () => {
    expect(await render(SIMULATED, 'markdown')).toMatch(/^> simulated: /)
  })
})

test('a real answer carries no label', async () => {
  for (const format of ['table', 'ndjson', 'csv', 'markdown'])
    expect(await render(REAL, format)).not.toContain('simulated')
})

test('no rows are no lines of NDJSON', async () => {
  expect(await render({...REAL, models: []}, 'ndjson')).toBe('')
})

test('JSON keeps the order of its members and hides nothing from a terminal', async () => {
  const text = await render({...REAL, models: [{id: '\u009B31m\u202E', price: 1}]}, 'json')

  expect(Object.keys(JSON.parse(text))).toEqual(['schemaVersion', 'simulated', 'unread', 'models'])
  expect(text).toContain('"\\u009b31m\\u202e"')
})

test('a format of the view is its own', async () => {
  expect(await render(REAL, 'mermaid')).toBe('graph LR')
})

test('a format that the answer lacks is a usage error that lists what it has', async () => {
  await expect(render(REAL, 'sarif')).rejects.toMatchObject({
    code: 'UNKNOWN_FORMAT',
    fault: 'usage',
    hint: 'Formats: table, json, ndjson, csv, markdown, mermaid',
  })
})

describe('--query', () => {
  test.each([
    ['json', 'models[].id', '[\n  "a.one",\n  "b.two"\n]'],
    ['json', 'models[0].id', '"a.one"'],
    ['json', 'nothing', 'null'],
    ['ndjson', 'models[]', '{"id":"a.one","price":1}\n{"id":"b.two","price":null}\n'],
    ['ndjson', 'length(models)', '2\n'],
    ['csv', 'models[].{model: id}', 'model\na.one\nb.two\n'],
    ['csv', 'models[].id', 'value\na.one\nb.two\n'],
    ['markdown', 'models[].{model: id}', '| model |\n| --- |\n| a.one |\n| b.two |\n'],
    ['table', 'models[].id', 'a.one\nb.two'],
    ['table', 'models[0].id', 'a.one'],
    ['table', 'models[].[id, price]', 'a.one 1\nb.two null'],
    ['table', 'nothing', 'null'],
    ['table', 'models', 'id     price\na.one      1\nb.two      ?'],
    ['table', 'models[?price > `5`]', ''],
  ])('prints %s of %s', async (format, query, text) => {
    expect(await render(REAL, format, query)).toBe(text)
  })

  test('leaves a value of a simulated answer bare: scripts read it', async () => {
    expect(await render(SIMULATED, 'table', 'models[0].id')).toBe('a.one')
  })

  test.each([
    ['models[0]]', 'character 10'],
    ['models[?', 'character 9'],
    ['models #', 'character 8'],
    ['a b', 'character 3'],
    ['length(models) bar', 'character 16'],
    ['models[].nosuch(@)', 'character 10'],
    ['length(simulated)', 'character 1'],
  ])('names the place of the mistake in %s', async (query, place) => {
    const error = await render(REAL, 'json', query).catch((failure: unknown) => failure)

    expect(error).toMatchObject({code: 'INVALID_QUERY', exitCode: 2})
    expect((error as Error).message).toContain(`at ${place}:`)
  })

  test('does not go with a format of the view', async () => {
    await expect(render(REAL, 'mermaid', 'models')).rejects.toMatchObject({code: 'QUERY_NOT_APPLICABLE'})
  })
})

test('a view may have its own words for a common format, and take its time', async () => {
  const view: typeof VIEW = {...VIEW, extra: {markdown: () => Promise.resolve('own')}}
  const own = await renderAnswer(REAL, view, {format: 'markdown', query: undefined, terminal: PIPE})
  const asked = await renderAnswer(REAL, view, {format: 'markdown', query: 'models[0]', terminal: PIPE})

  expect([own, asked.split('\n')[0]]).toEqual(['own', '| id | price |'])
  await expect(renderAnswer(REAL, view, {format: 'none', query: undefined, terminal: PIPE})).rejects.toMatchObject({
    hint: 'Formats: table, json, ndjson, csv, markdown',
  })
})
