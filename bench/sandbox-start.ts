// How long the embedded sandbox of the built program takes to listen: npm run bench -- sandbox-start [--rounds N] [--assert]
import {execFileSync} from 'node:child_process'
import {childEnvironment} from '../scripts/child-environment.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const rounds = numberOption('rounds', 15)
// A process of its own each time: the first import is the dear one.
const PROGRAM = `
  const begun = performance.now()
  const {startSandbox} = await import(process.cwd() + '/dist/sandbox/sandbox.js')
  const loaded = performance.now()
  const sandbox = await startSandbox()
  const listening = performance.now()
  await sandbox.close()
  console.log(JSON.stringify([loaded - begun, listening - loaded]))`

const samples: (readonly [number, number])[] = []
for (let round = 0; round <= rounds; round += 1) {
  const argv = ['--input-type=module', '-e', PROGRAM]
  const sample = JSON.parse(execFileSync(process.execPath, argv, {encoding: 'utf8', env: childEnvironment()}))
  if (round > 0) samples.push(sample)
}

const totals = samples.map(([load, start]) => load + start)
console.log(describeMachine())
console.log(`${rounds} processes, milliseconds\n`)
for (const [name, values] of [
  ['load the bundle', samples.map(([load]) => load)],
  ['start listening', samples.map(([, start]) => start)],
  ['both', totals],
] as const) {
  console.log(`${name.padEnd(16)} min ${Math.min(...values).toFixed(1)}  median ${median(values).toFixed(1)}`)
}
judge([{says: 'from import to listening, median', value: median(totals), bound: 250, unit: 'ms', kind: 'at most'}])
