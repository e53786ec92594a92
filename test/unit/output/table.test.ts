import {stripVTControlCharacters} from 'node:util'
import * as fc from 'fast-check'
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import {paint} from '../../../src/lib/output/style.js'
import {renderTable} from '../../../src/lib/output/table.js'
import type {Column} from '../../../src/lib/output/view.js'
import {PIPE, terminalOf} from '../../support/terminals.js'
import {anyTable} from './arbitrary-table.js'

interface Model {
  readonly id: string
  readonly name: string | null
  readonly price: number | null
  readonly regions: readonly string[]
}

const COLUMNS: readonly Column<Model>[] = [
  {key: 'id', title: 'Model', value: (model) => model.id, weight: 0},
  {key: 'name', title: 'Name', value: (model) => model.name, weight: 3},
  {key: 'price', title: 'Price', value: (model) => model.price, weight: 1},
  {key: 'regions', title: 'Regions', value: (model) => model.regions, weight: 2},
]

const MODELS: readonly Model[] = [
  {id: 'amazon.nova-lite-v1:0', name: 'Nova Lite', price: 0.06, regions: ['us-east-1']},
  {id: 'anthropic.claude-sonnet-4-6', name: null, price: 3, regions: ['eu-west-2', 'us-east-1', 'us-west-2']},
]

/** The SGR codes of a line, in order. */
function codesOf(line: string): string[] {
  return line
    .split('\u001B[')
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('m')))
}

/** Those of them that end a colour. */
function endsOf(line: string): string[] {
  return codesOf(line).filter((code) => ['0', '22', '39'].includes(code))
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)))
}

describe('off a terminal', () => {
  test('the table is plain and complete, numbers to the right, unknown as a question mark', async () => {
    expect(await renderTable(MODELS, COLUMNS, PIPE)).toMatchInlineSnapshot(`
      "Model                        Name       Price  Regions
      amazon.nova-lite-v1:0        Nova Lite   0.06  us-east-1
      anthropic.claude-sonnet-4-6  ?              3  eu-west-2 us-east-1 us-west-2"
    `)
  })

  test('no line ends in a blank', async () => {
    const text = await renderTable(MODELS, COLUMNS, PIPE)

    expect(text).not.toMatch(/ $/m)
  })

  test('colour that a column asks for is taken out', async () => {
    const columns = [{key: 'x', title: 'X', value: () => 'y', text: () => '\u001B[32myes\u001B[39m'}]

    expect(await renderTable([{}], columns, PIPE)).toBe('X\nyes')
  })
})

describe('on a terminal', () => {
  test('the widest column wraps at spaces before any column is left out', async () => {
    const text = await renderTable(MODELS, COLUMNS, terminalOf(70))

    expect(text).toMatchInlineSnapshot(`
      "Model                        Name       Price  Regions
      amazon.nova-lite-v1:0        Nova Lite   0.06  us-east-1
      anthropic.claude-sonnet-4-6  ?              3  eu-west-2 us-east-1
                                                     us-west-2"
    `)
  })

  test('the column with the highest weight goes first, and the last line says so', async () => {
    const text = await renderTable(MODELS, COLUMNS, terminalOf(52))

    expect(text).toMatchInlineSnapshot(`
      "Model                        Price  Regions
      amazon.nova-lite-v1:0         0.06  us-east-1
      anthropic.claude-sonnet-4-6      3  eu-west-2
                                          us-east-1
                                          us-west-2
      Left out to fit: name. Shown in full by -o csv or -o
      json."
    `)
  })

  test('an id stays whole when it fits a terminal of 40 columns', async () => {
    const text = await renderTable(MODELS, COLUMNS, terminalOf(40))

    expect(text).toContain('anthropic.claude-sonnet-4-6')
    expect(widest(text)).toBeLessThanOrEqual(40)
  })

  test('an id that cannot fit is shortened in its middle with a note', async () => {
    const id = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abcdefghijkl'

    const text = await renderTable([{id}], [{key: 'id', title: 'Profile', value: (row) => row.id}], terminalOf(40))

    expect(text).toMatchInlineSnapshot(`
      "Profile
      arn:aws:bedrock:eu-centr…le/abcdefghijkl
      Long words are shortened. Shown in full
      by -o csv or -o json."
    `)
  })

  test('too many columns that must stay become one paragraph a row, with nothing lost', async () => {
    const columns = Array.from({length: 12}, (_, index) => ({
      key: `k${index}`,
      title: `Column ${index}`,
      value: () => `value-of-column-number-${index}`,
      weight: 0,
    }))

    const text = await renderTable([{}], columns, terminalOf(40))

    expect(text.split('\n')[0]).toBe('Column 0: value-of-column-number-0')
    expect(text.match(/value-of-column-number-/g)).toHaveLength(12)
  })

  test('wide characters, emoji and combining marks keep the columns aligned', async () => {
    const rows = ['plain', '日本語', '👩‍👩‍👧', 'e\u0301'].map((name) => ({name}))
    const columns: readonly Column<{readonly name: string}>[] = [
      {key: 'name', title: 'Name', value: (row) => row.name},
      {key: 'end', title: 'End', value: () => 'here'},
    ]

    const lines = (await renderTable(rows, columns, terminalOf(80))).split('\n')

    expect(lines.slice(1).map((line) => stringWidth(line.slice(0, line.indexOf('here'))))).toEqual([8, 8, 8, 8])
  })

  test('colour inside cells does not change the widths, and wrapped colour is closed on each line', async () => {
    const terminal = terminalOf(40, {color: true})
    const columns: readonly Column<object>[] = [
      {key: 'a', title: 'A', value: () => '', text: () => paint('bad', 'some words that have to wrap here', terminal)},
      {key: 'b', title: 'B', value: () => '', text: () => paint('good', 'yes', terminal)},
      {key: 'c', title: 'C', value: () => 'unbreakable-word'},
    ]

    const text = await renderTable([{}], columns, terminal)

    const plain = await renderTable([{}], columns, terminalOf(40))
    expect(stripVTControlCharacters(text)).toBe(plain)
    for (const line of text.split('\n'))
      expect(codesOf(line).filter((_, index) => index % 2 === 1)).toEqual(endsOf(line))
  })

  test('escape sequences from outside never reach the terminal', async () => {
    const columns = [{key: 'a', title: 'A', value: () => '\u001B]0;owned\u0007name\u001B[2J\u001B[8m'}]

    expect(await renderTable([{}], columns, terminalOf(40, {color: true}))).toContain('\nname')
    expect(await renderTable([{}], columns, terminalOf(40, {color: true}))).not.toMatch(/owned|\[2J|\[8m/)
  })

  test('any table fits any terminal of 40 to 200 columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.integer({min: 40, max: 200}),
        fc.boolean(),
        async ({rows, columns}, width, color) => {
          const text = await renderTable(rows, columns, terminalOf(width, {color}))

          expect(widest(text)).toBeLessThanOrEqual(width)
        },
      ),
      {numRuns: 300},
    )
  })
})

test('no rows are said in words', async () => {
  expect(await renderTable([], COLUMNS, PIPE)).toBe('Nothing matches.')
})

test('a pipe gets what a terminal wide enough for everything gets', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable, async ({rows, columns}) => {
      const piped = await renderTable(rows, columns, {...PIPE, unicode: true})
      const wide = await renderTable(rows, columns, {...PIPE, unicode: true, interactive: true})

      expect(piped).toBe(wide)
    }),
    {numRuns: 50},
  )
})
