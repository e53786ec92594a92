import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {ask, askForWord} from '../../../src/lib/cli/ask.js'

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

test('a long question is broken between words', async () => {
  const to = {...prompt(), output: Object.assign(new PassThrough(), {columns: 24})}
  const asked = ask('Upload 40.1 MB and make 3 jobs?', to)

  to.input.write('y\n')
  await asked

  expect(to.output.read()?.toString()).toBe('Upload 40.1 MB and\nmake 3 jobs? [y/N] ')
})

test.each([
  ['prod-units\n', true],
  [' prod-units \n', true],
  ['PROD-UNITS\n', false],
  ['y\n', false],
  ['\n', false],
])('where prod-units is to be typed, %j is %j', async (typed, answer) => {
  const to = prompt()
  const asked = askForWord('Buy it?', 'prod-units', to)

  to.input.write(typed)

  expect(await asked).toBe(answer)
  expect(to.output.read()?.toString()).toBe('Buy it? Type prod-units to go on: ')
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
