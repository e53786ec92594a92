import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {exampleSheets, priceExamples} from '../../scripts/generate/example-sheets.js'
import {workloadGuide} from '../../scripts/generate/workload-guide.js'
import {compileSchema} from '../support/json-schema.js'

const TOPICS = [
  'agent',
  'batch-classification',
  'chat',
  'imported-model',
  'on-premises-split',
  'provisioned-baseline',
  'rag',
]

const examples = await priceExamples()

test('there is an example for every topic', () => {
  expect(examples.map(({name}) => name)).toEqual(TOPICS)
})

test('their sheets are those that the bundled prices give', async () => {
  const {path, text} = await exampleSheets()

  expect(readFileSync(path, 'utf8'), 'run `npm run generate`').toBe(text)
})

test('the guide has every key of every kind, each with its meaning', () => {
  const {path, text} = workloadGuide()

  expect(readFileSync(path, 'utf8'), 'run `npm run generate`').toBe(text)
  expect(text.match(/^\| `.* \| *\|$/gm)).toBeNull()
  expect(text.match(/^### /gm)?.length).toBeGreaterThan(5)
})

describe.each(examples)('$name', ({about, name, result}) => {
  test('has a price for every line', () => {
    const unpriced = result.workloads.flatMap(({lines}) => lines.filter(({price}) => price === null))

    expect(unpriced.map(({why}) => why)).toEqual([])
    expect(result.complete).toBe(true)
  })

  test('costs something every month, and says what it assumes or leaves out', () => {
    expect(result.workloads.every(({month}) => month.length === 1 && (month[0]?.amount ?? 0) > 0)).toBe(true)
    expect(result.workloads.every(({excluded}) => excluded.length > 0)).toBe(true)
    expect(about.length).toBeGreaterThan(80)
  })

  test('is valid by the published schema, which it names for editors', () => {
    const text = readFileSync(`examples/workloads/${name}.yaml`, 'utf8')

    expect(compileSchema('workloads.json').validate(parse(text))).toEqual([])
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/workloads\.json\n/)
  })
})
