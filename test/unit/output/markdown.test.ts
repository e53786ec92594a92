import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {escapeMarkdown, renderMarkdown} from '../../../src/lib/output/markdown.js'
import {anyTable} from './arbitrary-table.js'

const COLUMNS = [
  {key: 'id', title: 'Id', value: (row: {readonly id: string}) => row.id},
  {key: 'price', title: 'Price', value: () => 3, align: 'right' as const},
]

test('a table as GitHub reads it', () => {
  expect(renderMarkdown([{id: 'a.b'}], COLUMNS, {simulated: false})).toBe(
    '| Id | Price |\n| --- | ---: |\n| a.b | 3 |\n',
  )
})

test('a simulated answer begins with a quoted line that says so', () => {
  expect(renderMarkdown([{id: 'a.b'}], COLUMNS, {simulated: true})).toMatch(
    /^> simulated: answered by the embedded sandbox, not by AWS\n\n\| Id /,
  )
})

test.each([
  ['a|b', 'a\\|b'],
  ['a\\|b', 'a\\\\\\|b'],
  ['two\nlines', 'two lines'],
  ['<script>', '&lt;script&gt;'],
  ['*', '\\*'],
  ['[x](javascript:y)', '\\[x\\](javascript:y)'],
  ['@octocat', '@&#8203;octocat'],
  ['fixes #12, GH-7', 'fixes #&#8203;12, GH-&#8203;7'],
  ['https://a.example www.a.example', 'https:&#8203;//a.example www&#8203;.a.example'],
])('%j is written %j', (text, written) => {
  expect(escapeMarkdown(text)).toBe(written)
})

test('every line of any table has the same number of cells', async () => {
  await fc.assert(
    fc.property(anyTable, ({rows, columns}) => {
      const lines = renderMarkdown(rows, columns, {simulated: false}).trimEnd().split('\n')

      expect(lines).toHaveLength(rows.length + 2)
      for (const line of lines) expect(line.replace(/\\./g, '').split('|')).toHaveLength(columns.length + 2)
    }),
    {numRuns: 300},
  )
})
