import {expect, test} from 'vitest'
import {withAnySignal} from '../../../src/lib/core/joined-signal.js'
import {keptBySignal} from '../../support/kept-by-signal.js'

test('any of the signals ends it, for its own reason, also one that was aborted before', async () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const under = withAnySignal([one.signal, other.signal], whenAborted)
  other.abort('enough')
  await expect(under).resolves.toBe('enough')
  await expect(withAnySignal([one.signal, other.signal], whenAborted)).resolves.toBe('enough')
})

test('a signal that lives on keeps nothing of what ran with it, whichever way that ended', async () => {
  const session = new AbortController()
  // What is asserted is seen at all: the signals of the platform stay.
  AbortSignal.any([session.signal])
  expect(keptBySignal(session.signal)).toBe(1)
  for (let call = 0; call < 20; call += 1) {
    await withAnySignal([session.signal], async () => call)
    await expect(withAnySignal([session.signal], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  }
  expect(keptBySignal(session.signal)).toBe(1)
})

function whenAborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason)
    signal.addEventListener('abort', () => resolve(signal.reason))
  })
}
