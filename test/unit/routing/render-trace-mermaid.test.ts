import fc from 'fast-check'
import {expect, test} from 'vitest'
import {label, renderTraceMermaid} from '../../../src/lib/routing/render-trace-mermaid.js'
import {traceOffline} from './read-bundled-routes.js'

const LINE =
  /^(flowchart LR|( {2}){1,2}(\w+\[".*"\]|\w+\(\[".*"\]\)|subgraph \w+\[".*"\]|end|\w+ (-->|-\.->|-\.-x) \w+))$/

test('every line is a node, a subgraph or an edge between nodes that exist', async () => {
  const text = renderTraceMermaid(await traceOffline('anthropic.claude-sonnet-4-6', 'ca-central-1'))
  const lines = text.trimEnd().split('\n')

  expect(lines.filter((line) => !LINE.test(line))).toEqual([])
  const nodes = lines.flatMap((line) => /^ *(\w+)[[(]/.exec(line)?.[1] ?? [])
  const ends = lines.flatMap((line) => /^ *(\w+) -[^ ]* (\w+)$/.exec(line)?.slice(1) ?? [])
  expect(ends.length).toBeGreaterThan(10)
  expect(ends.filter((node) => !nodes.includes(node))).toEqual([])
  expect(text).toContain('subgraph geography1["United States"]')
})

test('a sandbox’s diagram says so', async () => {
  const result = await traceOffline('amazon.nova-lite-v1:0', 'eu-north-1')

  expect(renderTraceMermaid(result)).not.toContain('simulated')
  expect(renderTraceMermaid({...result, simulated: true})).toContain('simulated["simulated: answered by')
})

test('no text leaves its label', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), (text) => {
      const inside = label(text).slice(1, -1)
      expect(inside).not.toMatch(/["`<>\n\r\\]/)
      expect(inside.replaceAll(/#\d+;/g, '')).not.toMatch(/[#&;]/)
    }),
  )
})
