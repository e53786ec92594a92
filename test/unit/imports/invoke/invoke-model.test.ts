import {expect, test} from 'vitest'
import {type InvokeInput, invokeModel} from '../../../../src/lib/imports/invoke/invoke-model.js'
import {waitLine} from '../../../../src/lib/imports/invoke/render-invoke.js'
import type {ModelCall, ModelReply} from '../../../../src/lib/jobs/model-caller.js'
import {importedModel} from '../../../support/import-case.js'
import {movingClock} from '../../../support/moving-clock.js'

const COLD: ModelReply = {kind: 'not-ready', said: 'Wait and try your request again.', retryAfterMs: null}
const answered = (value: unknown): ModelReply => ({
  kind: 'answered',
  output: Buffer.from(JSON.stringify(value)),
  elapsedMs: 812.4,
})

async function play(replies: readonly ModelReply[], over: Partial<InvokeInput> = {}) {
  const calls: ModelCall[] = []
  const waits: string[] = []
  const invoked = await invokeModel(
    {
      model: importedModel({instructSupported: false}),
      turns: [{role: 'user', text: 'Hello'}],
      conversation: false,
      api: undefined,
      maxTokens: 20,
      timeoutMs: 600_000,
      signal: new AbortController().signal,
      onWait: (wait) => waits.push(waitLine(wait)),
      onRetry: () => undefined,
      ...over,
    },
    {
      caller: {
        call: async (call) => {
          calls.push(call)
          return replies[Math.min(calls.length, replies.length) - 1] ?? COLD
        },
      },
      clock: movingClock(),
    },
  )
  return {calls, invoked, waits}
}

test('a cold model is waited for, each wait is told, and its cold start measured', async () => {
  const {calls, invoked, waits} = await play([COLD, COLD, answered({choices: [{text: 'Hi'}], usage: {}})])

  expect(calls).toHaveLength(3)
  expect(calls[0]?.modelId).toBe(importedModel().arn)
  expect(waits).toEqual([
    'waiting   the model is being loaded: 0s so far, asked once, again in 5 s; nothing is billed until it answers',
    'waiting   the model is being loaded: 5s so far, asked 2 times, again in 8 s; nothing is billed until it answers',
  ])
  expect(invoked).toMatchObject({answer: 'Hi', output: null, tries: 3, coldStartSeconds: 12.5, answerSeconds: 0.812})
})

test('a model that is ready has no cold start', async () => {
  expect((await play([answered({generation: 'Hi', generation_token_count: 1})])).invoked).toMatchObject({
    coldStartSeconds: null,
    tries: 1,
    tokens: {input: null, output: 1},
    notes: [expect.stringContaining('Converse does not work')],
  })
})

test('an answer of unknown shape is given as it is, an empty one is noted', async () => {
  const unknown = await play([answered({said: 'Hi'})], {model: importedModel()})
  const empty = await play([answered({generation: '', generation_token_count: 0})], {model: importedModel()})

  expect(unknown.invoked).toMatchObject({
    answer: null,
    output: '{"said":"Hi"}',
    notes: [expect.stringContaining('unknown shape')],
  })
  expect(empty.invoked.notes).toEqual([expect.stringContaining('chat template')])
})

test('a model that is not ready in time ends it with exit code 7, and says what goes on', async () => {
  await expect(play([COLD], {timeoutMs: 10_000})).rejects.toMatchObject({
    code: 'MODEL_NOT_READY',
    exitCode: 7,
    why: 'Wait and try your request again.',
    message: 'tiny was not ready after 10 s; it was asked 3 times.',
  })
})
