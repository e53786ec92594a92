// What the live view costs the load: npm run bench -- bench-view [--rounds N] [--users N] [--assert]
// The whole program, once with its screen on a terminal and once with lines, in turns, against the same server.
import {startTruthServer} from '../test/support/truth-server/start-truth-server.js'
import {type Face, wholeRun} from './support/load/whole-program.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const FACES: readonly Face[] = ['lines', 'screen']
const rounds = numberOption('rounds', 2)
const users = numberOption('users', 1024)
const COMMON = {strict: false, usage: 'on', inputTokens: 24} as const

await using paced = await startTruthServer({...COMMON, ttftMs: 200, itlMs: 20, tokens: 64})
await using quick = await startTruthServer({...COMMON, tokens: 1})
const figures = new Map(
  FACES.map((face) => [
    face,
    {perSecond: [] as number[], cpuMs: [] as number[], ttftP99: [] as number[], rssMb: [] as number[]},
  ]),
)
for (let round = 0; round < rounds; round += 1) {
  for (const face of FACES) {
    const most = await measure(face, quick.address, [
      '--concurrency',
      '64',
      '--requests',
      '120000',
      '--data',
      'synthetic:in=24,out=1',
    ])
    const true200 = await measure(face, paced.address, [
      ...['--concurrency', String(users), '--requests', String(users * 6), '--data', 'synthetic:in=24,out=64'],
    ])
    const kept = figures.get(face)
    kept?.perSecond.push(most.perSecond)
    kept?.cpuMs.push(true200.cpuMs)
    kept?.ttftP99.push(true200.ttftP99 - 200)
    kept?.rssMb.push(true200.rssMb)
  }
}

console.log(describeMachine())
for (const [face, {perSecond, cpuMs, ttftP99, rssMb}] of figures) {
  console.log(
    `${face.padEnd(8)} ${median(perSecond).toFixed(0)} requests/s; at ${users} users ${median(cpuMs).toFixed(3)} ms CPU a request, TTFT p99 late by ${median(ttftP99).toFixed(1)} ms, ${median(rssMb).toFixed(0)} MB`,
  )
}
const of = (face: Face) => figures.get(face) ?? {perSecond: [], cpuMs: [], ttftP99: [], rssMb: []}
const lost = (1 - median(of('screen').perSecond) / median(of('lines').perSecond)) * 100
const more = (median(of('screen').cpuMs) / median(of('lines').cpuMs) - 1) * 100
judge([
  {says: 'requests a second that the screen takes', value: lost, bound: 10, unit: '%', kind: 'at most'},
  {says: 'CPU a request that the screen adds', value: more, bound: 10, unit: '%', kind: 'at most'},
  {says: 'memory with the screen', value: median(of('screen').rssMb), bound: 150, unit: 'MB', kind: 'at most'},
])

async function measure(
  face: Face,
  address: string,
  flags: readonly string[],
): Promise<{readonly perSecond: number; readonly cpuMs: number; readonly ttftP99: number; readonly rssMb: number}> {
  const {summary, rssMb, written} = await wholeRun(face, ['--target', `openai:${address}`, '--no-calibrate', ...flags])
  const [cell] = summary.cells
  const perSecond = cell?.throughput.requestsPerSecond ?? Number.NaN
  const cpuMs = summary.selfCheck.cpuMsPerRequest ?? Number.NaN
  const ttftP99 = cell?.ttft?.p['99']?.value ?? Number.NaN
  console.log(
    `${face}: ${perSecond.toFixed(0)} requests/s, ${cpuMs.toFixed(3)} ms CPU a request, ${rssMb.toFixed(0)} MB, ${written} bytes written`,
  )
  return {perSecond, cpuMs, ttftP99, rssMb}
}
