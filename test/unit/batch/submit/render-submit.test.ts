import {expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import {describeSubmit} from '../../../../src/lib/batch/submit/describe-submit.js'
import {submitQuestion, submitView} from '../../../../src/lib/batch/submit/render-submit.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import {createdEvents, planOf} from '../../../support/batch-case.js'
import {terminalOf} from '../../../support/terminals.js'

function submitted(shards: readonly number[], outcome: 'would-submit' | 'full') {
  const state = foldJournal([planOf([300, 200, 100])], createdEvents(shards))
  return describeSubmit({state, folder: '/state/batch/pile', outcome, simulated: false})
}

test('the question has the price of what it asks for', () => {
  expect(submitQuestion(submitted([], 'would-submit'))).toBe(
    'Upload 6.0 kB and make 3 jobs of pile for about $10.00 for the input, at most $40.00 for the output?',
  )
})

test('where some jobs were made before, the price is said to be that of all', () => {
  expect(submitQuestion(submitted([1], 'would-submit'))).toBe(
    'Upload 3.0 kB and make 2 of 3 jobs of pile? Together they cost about $10.00 for the input, at most $40.00 for the output.',
  )
})

test('80 columns have it without a broken word', async () => {
  const text = await renderAnswer(submitted([1], 'full'), submitView, {
    format: 'table',
    query: undefined,
    terminal: terminalOf(80),
  })

  expect(text).toMatchInlineSnapshot(`
    "pile  1 of 3 jobs made; no more fit now
    model    amazon.nova-lite-v1:0 in us-east-1, 4 jobs at a time
    records  600 in 3 jobs, 6.0 kB
    price    about $10.00 for the input, at most $40.00 for the output, batch rates
             of 2026-11-20
    input    s3://staging-bucket/in/pile/r1/0001.jsonl and on
    output   s3://results-bucket/out/pile/r1/0001/ and on

    JOB           RECORDS    SIZE  STATE
    pile-r1-0001      300  3.0 kB  created
    pile-r1-0002      200  2.0 kB  planned
    pile-r1-0003      100  1.0 kB  planned

    next     bedrockctl batch submit pile
             bedrockctl batch show pile"
  `)
})
