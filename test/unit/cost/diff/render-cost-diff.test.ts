import {expect, test} from 'vitest'
import {diffEstimates} from '../../../../src/lib/cost/diff/diff-estimates.js'
import {parseLimits} from '../../../../src/lib/cost/diff/parse-limits.js'
import {renderComment} from '../../../../src/lib/cost/diff/render-comment.js'
import {costDiffView} from '../../../../src/lib/cost/diff/render-cost-diff.js'
import {estimateCase, type ShortPrice} from '../../../support/cost-case.js'
import {terminalOf} from '../../../support/terminals.js'

const NOVA = 'amazon.nova-lite-v1:0'
const PRICES: readonly ShortPrice[] = [
  {modelId: NOVA, amount: {input: 1, output: 10}},
  {modelId: NOVA, tier: 'batch', amount: {input: 0.5, output: 5}},
]
const PLAIN = terminalOf(78)

function chat(changes: object = {}): object {
  return {
    name: 'chat',
    kind: 'inference',
    model: NOVA,
    requests: 1000,
    inputTokens: 1000,
    outputTokens: 100,
    ...changes,
  }
}

function diffed(before: readonly object[], after: readonly object[], monthly: readonly string[] = []) {
  return diffEstimates(
    {file: 'before.yaml', estimate: estimateCase(before, PRICES)},
    {file: 'after.yaml', estimate: estimateCase(after, PRICES)},
    parseLimits(monthly, []),
  )
}

const DIFF = diffed(
  [chat(), chat({name: 'old'}), chat({name: 'same'})],
  [
    chat({tier: 'batch', requests: 3000}),
    chat({name: 'same'}),
    chat({name: 'new', guardrails: {policies: ['content']}}),
  ],
  ['5'],
)

test('a person reads the amounts first, then the lines that changed, the notes and the verdict', async () => {
  expect(await costDiffView.text?.(DIFF, PLAIN)).toMatchSnapshot()
})

test('a comment tells the amounts, dearest change first, and folds the lines', () => {
  expect(renderComment(DIFF)).toMatchSnapshot()
})

test('a comment on nothing that changed says so', () => {
  const comment = renderComment(diffed([chat()], [chat({description: 'the same'})]))

  expect(comment).toContain('### Bedrock: no change a month')
  expect(comment).toContain('1 workload unchanged')
  expect(comment).not.toContain('<details>')
})

test('a comment on what a sandbox answered says so before its numbers', () => {
  const comment = renderComment({...DIFF, simulated: true})

  expect(comment.indexOf('> simulated')).toBeGreaterThan(0)
  expect(comment.indexOf('> simulated')).toBeLessThan(comment.indexOf('| Workload |'))
})

test('a comment stays within what GitHub takes, and says what it leaves out', () => {
  const many = Array.from({length: 1000}, (_, index) => chat({name: `${'long '.repeat(12)}${index}`}))

  const comment = renderComment(diffed([], many))

  expect(comment.length).toBeLessThan(65_536)
  expect(comment).toContain('900 more changed')
  expect(comment).toMatch(/\d+ more are in the answer of `-o json`/)
})

test('a comment stays within what GitHub takes whatever the names are', () => {
  const many = Array.from({length: 300}, (_, index) => chat({name: `${'@'.repeat(76)}${index}`}))

  expect(renderComment(diffed([], many)).length).toBeLessThan(65_536)
})

test('names cannot leave their cells nor become markup', () => {
  const comment = renderComment(diffed([], [chat({name: 'x | [y](http://z) <img> `\n# z'})]))

  expect(comment).toContain('| x \\| \\[y\\](http:&#8203;//z) &lt;img&gt; \\` # z (added) |')
})

test('no line is wider than the terminal', async () => {
  const text = await costDiffView.text?.(DIFF, terminalOf(50))

  expect(Math.max(...(text ?? '').split('\n').map(({length}) => length))).toBeLessThanOrEqual(50)
})

test('a machine reads a row a line of every workload', () => {
  const rows = costDiffView.rows(DIFF)

  expect(rows.map(({change, workload}) => [workload, change])).toEqual([
    ['chat', 'changed'],
    ['chat', 'changed'],
    ['same', 'unchanged'],
    ['same', 'unchanged'],
    ['new', 'added'],
    ['new', 'added'],
    ['new', 'added'],
    ['old', 'removed'],
    ['old', 'removed'],
  ])
})
