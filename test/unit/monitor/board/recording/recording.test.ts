import {existsSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openRecording} from '../../../../../src/lib/monitor/board/recording/read-recording.js'
import type {Recorded} from '../../../../../src/lib/monitor/board/recording/recording.schema.js'
import {startReplay} from '../../../../../src/lib/monitor/board/recording/replay.js'
import {createRecorder} from '../../../../../src/lib/monitor/board/recording/write-recording.js'
import type {SamplerEvent} from '../../../../../src/lib/monitor/board/sampler/sampler-event.js'
import {steppedClock} from '../../../../support/stepped-clock.js'

const SUBJECT = {account: null, profile: null, regions: [], simulated: false, replayed: false}
const START = Date.parse('2026-11-20T03:00:00Z')

async function* recorded(...seconds: readonly number[]): AsyncGenerator<Recorded> {
  for (const second of seconds) {
    yield {at: START + second * 1000, event: {type: 'round', atMs: START + second * 1000, waiting: 0}}
  }
}

function replay(lines: AsyncGenerator<Recorded>, pace: {readonly speed: number; readonly untilMs?: number}) {
  const clock = steppedClock()
  const told: SamplerEvent[] = []
  const stop = new AbortController()
  const input = {lines, startMs: START, untilMs: undefined, emit: (event: SamplerEvent) => void told.push(event)}
  const started = startReplay({...input, ...pace, signal: stop.signal}, clock)
  return {clock, told, started, stop, since: () => (started.now() - START) / 1000}
}

test('a recording is told at its pace, or so many times as fast; its clock stands still at the end', async () => {
  const {clock, since, told} = replay(recorded(0, 10, 30), {speed: 10})

  await clock.pass(500)
  const first = [told.length, since()]
  await clock.pass(1500)
  const second = [told.length, since()]
  await clock.pass(60_000)

  expect([first, second]).toEqual([
    [1, 5],
    [2, 20],
  ])
  expect([told.length, since()]).toEqual([3, 30])
})

test('without a pace it is told at once, up to the moment that is asked for', async () => {
  const {since, started, told} = replay(recorded(0, 10, 30), {
    speed: Number.POSITIVE_INFINITY,
    untilMs: START + 10_000,
  })

  await started.done

  expect([told.length, since()]).toEqual([2, 10])
})

test('it ends when the board is left', async () => {
  const {clock, started, stop, told} = replay(recorded(0, 3600), {speed: 1})

  await clock.pass(1000)
  stop.abort()
  await started.done

  expect(told).toHaveLength(1)
})

test.runIf(existsSync('/dev/full'))('a full disk ends the recording, once, and not the board', () => {
  const troubles: string[] = []
  const head = {
    recording: 'bedrockctl monitor',
    version: 1,
    tool: '1',
    at: START,
    intervalMs: 2000,
    subject: SUBJECT,
  } as const

  const recorder = createRecorder('/dev/full', head, (text) => troubles.push(text))
  recorder.add({type: 'paced', intervalMs: 5000}, START)
  recorder.close()

  expect(troubles).toEqual([expect.stringMatching(/^Nothing more is recorded: \/dev\/full cannot be written \(ENOSPC/)])
})

test.each([
  ['recording', 'bedrockctl bench'],
  ['version', 0],
  ['tool', 1],
  ['at', null],
  ['intervalMs', 0],
  ['subject', {...SUBJECT, account: 1}],
  ['subject', {...SUBJECT, regions: [1]}],
  ['subject', {...SUBJECT, simulated: undefined}],
])('a first line with another %s is refused with the reason', async (field, wrong) => {
  const file = join(mkdtempSync(join(tmpdir(), 'recording-')), 'board.ndjson')
  const head = {recording: 'bedrockctl monitor', version: 1, tool: '1', at: START, intervalMs: 2000, subject: SUBJECT}
  writeFileSync(file, `${JSON.stringify(head)}\n`)
  const whole = await openRecording(file)
  writeFileSync(file, `${JSON.stringify({...head, [field]: wrong})}\n`)

  await expect(openRecording(file)).rejects.toMatchObject({
    code: 'RECORDING_INVALID',
    why: expect.stringContaining(field),
  })
  expect(whole.head).toEqual(head)
})
