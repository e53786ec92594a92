import {renderToString} from 'ink'
import {describe, expect, test} from 'vitest'
import type {SandboxEvent} from '../../src/lib/monitor/sandbox/state.js'
import type {Look} from '../../src/lib/monitor/span.js'
import {widthOf} from '../../src/lib/monitor/text-width.js'
import {SandboxScreen} from '../../src/lib/monitor/tui/sandbox-screen.js'
import {answeredRequest, BUSY, START_MS, stateAfter} from '../support/sandbox-states.js'

const FACTS = {
  url: 'http://127.0.0.1:4599',
  scenario: 'demo',
  clock: 'real',
  hint: 'eval "$(bedrockctl sandbox env --url http://127.0.0.1:4599)"',
} as const
const PLAIN: Look = {color: false, unicode: true}
const SIZES = [
  [80, 24],
  [60, 16],
  [140, 40],
] as const

function frameOf(events: readonly SandboxEvent[], columns: number, rows: number, look = PLAIN, facts = FACTS): string {
  const state = stateAfter(events, {columns, rows})
  return renderToString(<SandboxScreen facts={facts} look={look} state={state} />, {columns})
}

describe.each(SIZES)('at %d × %d', (columns, rows) => {
  test('a busy sandbox looks like this', async () => {
    const frame = frameOf([...BUSY, {type: 'moved', by: -2}], columns, rows)

    await expect(`${frame}\n`).toMatchFileSnapshot(`../golden/tui/sandbox-${columns}x${rows}.txt`)
  })

  test.each<readonly [string, readonly SandboxEvent[]]>([
    ['empty', []],
    ['busy', BUSY],
    ['with a request looked at', [...BUSY, {type: 'moved', by: -1}]],
    ['help', [...BUSY, {type: 'help-toggled'}]],
    ['narrowed', [...BUSY, {type: 'errors-toggled'}, {type: 'pause-toggled'}, {type: 'filter-opened'}]],
  ])('the frame is the terminal, no more: %s', (_, events) => {
    const lines = frameOf(events, columns, rows).split('\n')

    expect(lines).toHaveLength(rows)
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns)
    expect(lines[0]).toContain('http://127.0.0.1:4599')
    expect(lines.at(-1)).not.toBe('')
  })
})

test('before the first request it says how to make one', () => {
  const frame = frameOf([], 80, 24)

  expect(frame).toContain('No request yet. In another shell:')
  expect(frame).toContain('aws bedrock list-foundation-models')
})

test('the request looked at tells what was sent and what was answered', () => {
  const frame = frameOf([...BUSY, {type: 'moved', by: -3}], 140, 40)

  expect(frame).toContain('sent      GET /foundation-models/nope  eu-central-1')
  expect(frame).toContain('answered  404 ResourceNotFoundException  The model nope is not known.')
})

test('a cut connection is named, and control sequences of a path do not reach the terminal', () => {
  const frame = frameOf(BUSY, 80, 24)

  expect(frame).toContain('cut drop')
  expect(frame).toContain('GET /漢字/red')
  expect(frame).not.toContain('\u001B')
})

test('columns stay aligned when a name is cut or holds wide characters', () => {
  const requests = ['漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字', 'ListFoundationModelAgreementOffers', 'Short'].map(
    (operation) => answeredRequest({operation}),
  )
  const lines = frameOf([{type: 'answered', requests, nowMs: START_MS}], 80, 24).split('\n')

  const places = lines
    .filter((line) => line.includes('eu-central-1'))
    .map((line) => widthOf(line.split('eu-')[0] ?? ''))
  expect(places).toHaveLength(3)
  expect(new Set(places).size).toBe(1)
})

test('where only ASCII is safe, only ASCII is written', () => {
  const events: readonly SandboxEvent[] = [
    {type: 'answered', requests: [answeredRequest({operation: 'x'.repeat(60)})], nowMs: START_MS},
    {type: 'moved', by: -1},
  ]

  const frames = [
    events,
    [...events, {type: 'help-toggled'} as const],
    [...events, {type: 'filter-opened'} as const],
  ].map((given) => frameOf(given, 80, 24, {color: false, unicode: false}))

  for (const frame of frames) expect(frame).toMatch(/^[\x20-\x7E\n]*$/)
})

test('a clock of its own shows the time that the services live in', () => {
  const frame = frameOf(BUSY, 80, 24, PLAIN, {...FACTS, clock: 'fast'} as never)

  expect(frame.split('\n')[0]).toContain('clock fast 11-21 09:15Z')
})

test('a terminal too small says so', () => {
  expect(frameOf(BUSY, 38, 8)).toContain('Terminal too small')
  expect(frameOf(BUSY, 38, 2).split('\n')).toHaveLength(2)
})
