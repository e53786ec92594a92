// Reading the samples of a large bench run and making its summary, with the memory it takes:
// npm run bench -- bench-merge [--requests N] [--assert]
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {summarise} from '../src/lib/bench/metrics/summarise.js'
import {allocateColumns, type SampleColumns, SEGMENT_ROWS} from '../src/lib/bench/samples/columns.js'
import {createSampleFile, readSampleFile} from '../src/lib/bench/samples/sample-file.js'
import {seededRandom} from '../src/lib/sandbox/world/random.js'
import {makeEnd, makeHead} from '../test/support/bench-samples.js'
import {describeMachine, judge, numberOption} from './support/measure.js'

const requests = numberOption('requests', 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
try {
  console.log(describeMachine())
  const path = join(folder, 'samples.bcol')
  const file = await createSampleFile(path)
  for (let from = 0; from < requests; from += SEGMENT_ROWS) {
    await file.append(segmentFrom(from, Math.min(SEGMENT_ROWS, requests - from)))
  }
  await file.close()
  const head = makeHead({slo: {ttftMs: 300, tpotMs: 40, e2eMs: null, name: null}})
  const started = performance.now()
  const {cells} = await summarise({
    head,
    samples: readSampleFile(path),
    gaps: new Map(),
    ends: [makeEnd(0)],
    ended: 'complete',
    endedWhy: null,
    endedAt: head.startedAt,
  })
  const seconds = (performance.now() - started) / 1000
  const mebibytes = process.resourceUsage().maxRSS / 1024
  console.log(
    `${cells[0]?.counts.ok.toLocaleString('en-US')} requests, ${seconds.toFixed(2)} s, ${mebibytes.toFixed(0)} MiB at most`,
  )
  judge([
    {says: 'summary', value: seconds, bound: 5, unit: 's', kind: 'at most'},
    {says: 'memory', value: mebibytes, bound: 400, unit: 'MiB', kind: 'at most'},
  ])
} finally {
  rmSync(folder, {recursive: true})
}

/** Requests of 64 tokens, a thousand a second, with times that scatter. */
function segmentFrom(from: number, rows: number): SampleColumns {
  const columns = allocateColumns(0, rows)
  const random = seededRandom(from)
  for (let row = 0; row < rows; row += 1) {
    const sched = from + row + random()
    const sent = sched + random() * 0.1
    const first = sent + 200 * Math.exp(random() - 0.5)
    const last = first + 63 * (15 + 10 * random())
    columns.k[row] = from + row
    columns.sched[row] = sched
    columns.sent[row] = sent
    columns.headers[row] = sent + 50
    columns.first[row] = first
    columns.visible[row] = first
    columns.last[row] = last
    columns.end[row] = last + random()
    columns.events[row] = 64
    columns.input[row] = 512
    columns.output[row] = 64
    columns.cacheRead[row] = -1
    columns.cacheWrite[row] = -1
    columns.reasoning[row] = -1
    columns.serverMs[row] = Number.NaN
    columns.status[row] = 200
  }
  return columns
}
