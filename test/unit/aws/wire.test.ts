import {expect, test} from 'vitest'
import {CallRecorder} from '../../../src/lib/aws/call-log.js'
import {createRequestHandler, createWire} from '../../../src/lib/aws/wire.js'
import {keptBySignal} from '../../support/kept-by-signal.js'

test('calls that are over leave nothing on the signal of a session that goes on', async () => {
  const session = new AbortController()
  const base = {requestHandler: createRequestHandler({}), credentials: {accessKeyId: 'a', secretAccessKey: 'b'}}
  const wire = createWire(base, new CallRecorder(), session.signal)
  const context = {action: 'bedrock:ListModels', region: 'eu-west-1'}
  AbortSignal.any([session.signal])
  const before = keptBySignal(session.signal)
  for (let call = 0; call < 20; call += 1) {
    await wire.call('bedrock', context, undefined, async () => call)
  }
  expect({before, after: keptBySignal(session.signal)}).toEqual({before: 1, after: 1})
  wire.close()
})
