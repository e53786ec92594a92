import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import type {AlarmRow} from '../../../../../src/lib/monitor/board/alarms/alarms.schema.js'
import {openRecording} from '../../../../../src/lib/monitor/board/recording/read-recording.js'
import type {Recorded, RecordingHead} from '../../../../../src/lib/monitor/board/recording/recording.schema.js'
import {startReplay} from '../../../../../src/lib/monitor/board/recording/replay.js'
import {createRecorder} from '../../../../../src/lib/monitor/board/recording/write-recording.js'
import type {SamplerEvent} from '../../../../../src/lib/monitor/board/sampler/sampler-event.js'
import {steppedClock} from '../../../../support/stepped-clock.js'

const SUBJECT = {account: null, profile: null, regions: [], simulated: false, replayed: false}
const START = Date.parse('2026-11-20T03:00:00Z')
const HEAD: RecordingHead = {
  ...{at: START, intervalMs: 2000, subject: SUBJECT, tool: '1'},
  recording: 'bedrockctl monitor',
  version: 1,
}
const newFile = () => join(mkdtempSync(join(tmpdir(), 'recording-')), 'board.ndjson')

const ALARM: AlarmRow = {
  state: 'OK',
  ...{name: 'slow', arn: 'a', sinceMs: null, reason: null, metric: null, namespace: null},
  ...{dimensions: {}, rule: null},
}

function looked(second: number, rows: readonly AlarmRow[]): SamplerEvent {
  const look = {place: 'us-east-1', atMs: START + second * 1000, tookMs: second, calls: 1, metrics: 0}
  return {type: 'read', nextAtMs: START + second * 1000 + 2000, reading: {topic: 'alarms', ...look, rows}}
}

async function toldBy(file: string): Promise<readonly SamplerEvent[]> {
  const told: SamplerEvent[] = []
  for await (const {event} of (await openRecording(file)).lines) told.push(event as SamplerEvent)
  return told
}

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

test('a machine that is too slow for its pace tells each moment as it was', async () => {
  const moments: number[] = []
  const clock = steppedClock()
  const started = startReplay(
    {
      ...{lines: recorded(0, 10, 30), startMs: START, untilMs: undefined, speed: 1000},
      ...{signal: new AbortController().signal, emit: () => void moments.push((started.now() - START) / 1000)},
    },
    {...clock, now: () => clock.now() + moments.length * 500},
  )

  await clock.pass(60_000)
  await started.done

  expect(moments).toEqual([0, 10, 30])
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

test('what a look brought again is written once, and told each time', async () => {
  const file = newFile()
  const rings: AlarmRow = {...ALARM, state: 'ALARM'}
  const looks = [looked(0, [ALARM]), looked(2, [ALARM]), looked(4, [rings]), looked(6, [rings]), looked(8, [])]
  const recorder = createRecorder(file, HEAD, String)
  for (const look of looks) recorder.add(look, START)
  recorder.close()
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')

  expect(lines.map((line) => line.split('"slow"').length - 1)).toEqual([0, 1, 0, 1, 0, 0])
  expect(await toldBy(file)).toEqual(looks)

  const withoutThird = lines.filter((_, at) => at !== 3)
  writeFileSync(file, withoutThird.join('\n'))
  expect(await toldBy(file)).toEqual([looks[0], looks[1], looks[4]])
})

test('a second recording in place of a file leaves whoever still writes to it alone', async () => {
  const file = newFile()
  const first = createRecorder(file, HEAD, String)
  const second = createRecorder(file, HEAD, String)
  first.add({type: 'paced', intervalMs: 5000}, START)
  second.add({type: 'paced', intervalMs: 7000}, START)
  first.close()
  second.close()

  expect(await toldBy(file)).toEqual([{type: 'paced', intervalMs: 7000}])
})

const EVENT = {
  ...{id: 'a', atMs: 1e300, name: 'n', source: 's', who: null, resource: null, region: null},
  ...{errorCode: null, text: null},
}
const LOOK = {place: null, atMs: START, tookMs: 1, calls: 1, metrics: 0}
const LATE = {
  at: START,
  event: {type: 'read', nextAtMs: START, reading: {...LOOK, topic: 'events', rows: [EVENT]}},
}

test.each([
  ['with an event of such a moment', JSON.stringify(LATE), 'atMs: '],
  ['of a moment that no calendar has', JSON.stringify({at: 1e300, event: {type: 'paced', intervalMs: 1}}), 'at: '],
  ['without an end', 'x'.repeat(70_000_000), 'longer than any line'],
])('a line %s is refused', async (_, line, why) => {
  const file = newFile()
  writeFileSync(file, `${JSON.stringify(HEAD)}\n${line}`)

  await expect(toldBy(file)).rejects.toMatchObject({code: 'RECORDING_DAMAGED', message: expect.stringContaining(why)})
})

test.runIf(existsSync('/dev/full'))('a full disk ends the recording, once, and not the board', () => {
  const troubles: string[] = []

  const recorder = createRecorder('/dev/full', HEAD, (text) => troubles.push(text))
  recorder.add({type: 'paced', intervalMs: 5000}, START)
  recorder.close()

  expect(troubles).toEqual([expect.stringMatching(/^Nothing more is recorded: \/dev\/full cannot be written \(ENOSPC/)])
})

test.each([
  ['recording', 'bedrockctl bench'],
  ['version', 0],
  ['tool', 1],
  ['at', null],
  ['at', -1],
  ['at', 1e300],
  ['intervalMs', 0],
  ['subject', {...SUBJECT, account: 1}],
  ['subject', {...SUBJECT, regions: [1]}],
  ['subject', {...SUBJECT, simulated: undefined}],
])('a first line with another %s is refused with the reason', async (field, wrong) => {
  const file = newFile()
  writeFileSync(file, `${JSON.stringify(HEAD)}\n`)
  const whole = await openRecording(file)
  writeFileSync(file, `${JSON.stringify({...HEAD, [field]: wrong})}\n`)

  await expect(openRecording(file)).rejects.toMatchObject({
    code: 'RECORDING_INVALID',
    why: expect.stringContaining(field),
  })
  expect(whole.head).toEqual(HEAD)
})
