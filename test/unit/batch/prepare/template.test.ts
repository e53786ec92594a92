import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Row} from '../../../../src/lib/batch/prepare/rows.js'
import {parseTemplate} from '../../../../src/lib/batch/prepare/template.js'

function rowOf(values: Readonly<Record<string, string>>): Row {
  return {kind: 'row', number: 1, get: (column) => values[column], columns: () => Object.keys(values)}
}

function fill(template: string, values: Readonly<Record<string, string>>): {text: string; missing: readonly string[]} {
  const missing: string[] = []
  const text = parseTemplate(template, Object.keys(values)).fill(rowOf(values), (column) => missing.push(column))
  return {text, missing}
}

test('values stand where their columns are named, as often as they are', () => {
  expect(fill('{{a}} and {{ b }}, {{a}}', {a: '1', b: '2'}).text).toBe('1 and 2, 1')
})

test('a value that is missing or empty is told, unless it may be', () => {
  expect(fill('{{a}}{{b}}{{c?}}', {a: '', b: 'x', c: ''})).toEqual({text: 'x', missing: ['a']})
})

test('a column whose name ends in a question mark is that column', () => {
  expect(fill('{{ok?}}', {'ok?': 'yes'}).text).toBe('yes')
})

test('braces that name nothing stay', () => {
  expect(fill('{"a": {"b": {}}} {{}} { {a} }', {a: '1'}).text).toBe('{"a": {"b": {}}} {{}} { {a} }')
})

test('nothing in a value is a placeholder, a pattern or code', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const values = {a: `${value}{{b}}$&$1\${c}`, b: 'never'}

      expect(fill('<{{a}}>', values).text).toBe(`<${values.a}>`)
    }),
  )
})
