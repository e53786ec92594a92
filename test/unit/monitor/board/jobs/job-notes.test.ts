import {expect, test} from 'vitest'
import {boardCommands} from '../../../../../src/lib/cli/monitor/jobs/job-next.js'
import {collectFile, stopNote} from '../../../../../src/lib/monitor/board/jobs/action-notes.js'
import {jobActions} from '../../../../../src/lib/monitor/board/jobs/job-actions.js'
import {modelJobRemedy} from '../../../../../src/lib/monitor/board/jobs/model-job-remedy.js'
import {copyRow, evaluationRow} from '../../../../../src/lib/monitor/board/jobs/model-job-rows.js'

const of = (...outcomes: readonly string[]) => outcomes.map((outcome) => ({outcome}))

test.each([
  ['one job', of('stopping'), 'pile: is being stopped', 'good'],
  ['several', of('stopping', 'stopping', 'already-ended'), 'pile: 2 jobs being stopped', 'good'],
  [
    'shards without a job',
    of('stopping', 'withheld', 'withheld'),
    'pile: 1 job being stopped, 2 jobs left unmade',
    'good',
  ],
  ['one that was asked before', of('already-stopping'), 'pile: was being stopped already', 'warn'],
  ['what had ended', of('already-ended', 'already-ended'), 'pile had ended already', 'warn'],
  ['nothing', [], 'pile had ended already', 'warn'],
  [
    'some that were refused',
    [{outcome: 'failed', why: 'Not\nallowed.'}, {outcome: 'stopping'}],
    'pile: 1 job being stopped, 1 could not be stopped: Not allowed.',
    'bad',
  ],
] as const)('a stop of %s is told in a line', (_, items, text, tone) => {
  expect(stopNote('pile', items)).toEqual({text, tone})
})

test('answers go to a file in the folder that the board was started in, whatever the job is called', () => {
  expect(collectFile('nightly-2')).toBe('nightly-2.answers.jsonl')
  expect(collectFile('../../etc/pass wd\u001B[2J')).toBe('.._.._etc_pass_wd.answers.jsonl')
})

test('only what would do something is offered', () => {
  const none = {name: 'pile', stop: undefined, collectTo: undefined, answered: 10}

  expect(jobActions(none)).toEqual([])
  expect(jobActions({...none, collectTo: 'a.jsonl', answered: 0})).toEqual([])
  expect(jobActions({...none, stop: 'Stop it?', collectTo: 'a.jsonl'})).toMatchObject([
    {name: 'stop', confirm: 'pile'},
    {name: 'collect', confirm: 'pile', effect: expect.stringContaining('10 answers to a.jsonl')},
  ])
})

test.each([
  ['batch watch reviews', 'batch watch reviews --region eu-west-1 --profile dev --sandbox=demo'],
  ['batch watch arn:x', 'batch watch arn:x --profile dev --sandbox=demo'],
  ['imports watch a --region us-east-1', 'imports watch a --region us-east-1 --profile dev --sandbox=demo'],
])('%s is told so that it works from anywhere', (command, whole) => {
  const settings = {profile: 'dev', sandbox: 'demo'}
  expect(boardCommands([`bedrockctl ${command}`], 'eu-west-1', settings)).toEqual([`bedrockctl ${whole}`])
})

test.each([
  ['evaluation', 'The role cannot write to the output bucket.', /^Let the role/],
  ['evaluation', 'The dataset has a line that is not JSON.', /^Correct the data set/],
  ['evaluation', 'An internal error occurred.', /create it again/],
  ['evaluation', 'Zork.', null],
  ['evaluation', null, null],
  ['copy', 'The KMS key cannot be used.', /^Let the key/],
  ['copy', 'The model was not shared.', /^Share the model/],
  ['copy', 'Zork.', null],
] as const)('what a failed %s asks for when it says %s', (kind, message, remedy) => {
  const told = modelJobRemedy(kind, message)
  if (remedy === null) expect(told).toBeNull()
  else expect(told).toMatch(remedy)
})

test('evaluations and copies are told as far as the service tells of them, and can be stopped only while they run', () => {
  const evaluation = {
    ...{arn: 'arn:e', name: 'e', type: 'Automated', application: null, tasks: ['Summarization'], models: ['a', 'b']},
    createdAt: '2026-11-21T10:00:00Z',
  }
  const copy = {arn: 'arn:c', name: 'c', sourceModelArn: 'arn:s', targetModelArn: null, createdAt: null, message: null}

  expect(evaluationRow({...evaluation, state: 'InProgress'}, undefined)).toMatchObject({
    ...{live: true, model: 'a', actions: [{name: 'stop'}], done: null, unit: null, etaMs: null, cost: null},
    facts: [
      ['evaluates', 'models'],
      ['by', 'metrics and models'],
      ['tasks', 'Summarization'],
      ['models', 'a, b'],
    ],
  })
  expect(evaluationRow({...evaluation, state: 'Deleting'}, undefined)).toMatchObject({tone: 'warn', actions: []})
  expect(
    evaluationRow(
      {...evaluation, state: 'Completed'},
      {messages: [], modifiedAt: '2026-11-21T11:00:00Z', outputUri: 's3://o/'},
    ),
  ).toMatchObject({live: false, endedAtMs: Date.parse('2026-11-21T11:00:00Z'), message: null, actions: []})
  expect(copyRow({...copy, state: 'InProgress'})).toMatchObject({live: true, endedAtMs: null, actions: []})
})
