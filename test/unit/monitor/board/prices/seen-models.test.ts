import {expect, test} from 'vitest'
import type {TopicReader} from '../../../../../src/lib/monitor/board/ports.js'
import {notingModels, seenModels} from '../../../../../src/lib/monitor/board/prices/seen-models.js'
import {trafficRow} from '../../../../support/board-money.js'

const {about} = trafficRow()
const called = (modelId: string) => ({endpoint: 'runtime', modelId, tier: null, about}) as const
const LOOK = {place: 'us-east-1', nowMs: 0, intervalMs: 1000, signal: new AbortController().signal}

function readerOf(look: TopicReader<'traffic'>['look']): TopicReader<'traffic'> {
  return {topic: 'traffic', scope: 'region', everyMs: 0, look}
}

test('what a look of traffic shows is seen in its Region, each id once', async () => {
  const seen = seenModels()
  const rows = [{...called('a'), minutes: []}]
  const reader = notingModels(
    readerOf(async () => ({rows, metrics: 4})),
    seen,
  )

  await reader.look(LOOK)
  const looked = await reader.look(LOOK)

  expect(looked).toEqual({rows, metrics: 4})
  expect([seen.in('us-east-1').map(({modelId}) => modelId), seen.in('eu-west-1')]).toEqual([['a'], []])
})

test('who waits for a Region is told by its first look, even one that fails', async () => {
  const seen = seenModels()
  const waiting = seen.noted('us-east-1')
  const reader = notingModels(
    readerOf(() => Promise.reject(new Error('denied'))),
    seen,
  )

  await expect(reader.look(LOOK)).rejects.toThrow('denied')
  await expect(waiting).resolves.toBeUndefined()
  await expect(seen.noted('us-east-1')).resolves.toBeUndefined()
})

test('a Region keeps the thousand ids that were seen last', () => {
  const seen = seenModels()
  seen.note('us-east-1', [called('old'), called('again')])
  seen.note(
    'us-east-1',
    Array.from({length: 999}, (_, at) => called(`new ${at}`)),
  )
  seen.note('us-east-1', [called('again')])
  const ids = seen.in('us-east-1').map(({modelId}) => modelId)

  expect([ids.length, ids.includes('again'), ids.includes('old')]).toEqual([1000, true, false])
})
