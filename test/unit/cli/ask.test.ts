import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {ask} from '../../../src/lib/cli/ask.js'

function prompt(signal = new AbortController().signal) {
  return {input: new PassThrough(), output: new PassThrough(), signal}
}

test.each([
  ['y\n', true],
  ['YES \n', true],
  ['n\n', false],
  ['yup\n', false],
  ['\n', false],
])('%j is %j', async (typed, answer) => {
  const to = prompt()
  const asked = ask('Go on?', to)

  to.input.write(typed)

  expect(await asked).toBe(answer)
  expect(to.output.read()?.toString()).toBe('Go on? [y/N] ')
})

test('an input that ends is a no', async () => {
  const to = prompt()
  const asked = ask('Go on?', to)

  to.input.end()

  expect(await asked).toBe(false)
})

test('an abort rejects with its reason, before and while asking', async () => {
  const stop = new AbortController()
  const asked = ask('Go on?', prompt(stop.signal))

  stop.abort(new Error('interrupted'))

  await expect(asked).rejects.toThrow('interrupted')
  expect(() => ask('Go on?', prompt(stop.signal))).toThrow('interrupted')
})
