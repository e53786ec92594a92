import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {machineText} from '../../../src/lib/output/cells.js'
import {renderCsv} from '../../../src/lib/output/csv.js'
import {anyTable} from './arbitrary-table.js'
import {parseCsv} from './parse-csv.js'

const COLUMNS = [
  {key: 'id', title: 'Id', value: (row: {readonly id: string}) => row.id},
  {key: 'change', title: 'Change', value: () => -5},
  {key: 'known', title: 'Known', value: () => null},
  {key: 'list', title: 'List', value: () => ['a', 'b']},
]

test('unknown is empty, lists are joined by a space, numbers stay numbers', () => {
  expect(renderCsv([{id: 'x'}], COLUMNS, {simulated: false})).toBe('id,change,known,list\nx,-5,,a b\n')
})

test('simulated rows say so in a last column', () => {
  expect(renderCsv([{id: 'x'}], COLUMNS, {simulated: true})).toBe('id,change,known,list,simulated\nx,-5,,a b,true\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('text that a spreadsheet would run is neutralised: %j', (text) => {
  const [, [cell] = []] = parseCsv(renderCsv([{id: text}], COLUMNS.slice(0, 1), {simulated: false}))

  expect(cell).toBe(`'${text}`)
})

test('no rows leave the header', () => {
  expect(renderCsv([], COLUMNS, {simulated: false})).toBe('id,change,known,list\n')
})

test('any table comes back whole through a strict parser', async () => {
  await fc.assert(
    fc.property(anyTable, fc.boolean(), ({rows, columns}, simulated) => {
      const [header, ...records] = parseCsv(renderCsv(rows, columns, {simulated}))

      expect(header).toEqual([...columns.map(({key}) => key), ...(simulated ? ['simulated'] : [])])
      expect(records).toHaveLength(rows.length)
      for (const [at, row] of rows.entries()) {
        for (const [index, column] of columns.entries()) {
          const cell = records[at]?.[index]
          const text = machineText(column, row)
          expect([text, `'${text}`]).toContain(cell)
          if (typeof row[index] === 'string') expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        }
      }
    }),
    {numRuns: 300},
  )
})
