// A workload file of 10,000 lines, as a whole process beside bare Node: npm run bench -- workload-file [--rounds N] [--assert]
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describeMachine, judge, numberOption, timeInterleaved} from './support/measure.js'

const LINES = 10_000
const MODELS = [
  'amazon.nova-lite-v1:0',
  'amazon.nova-pro-v1:0',
  'anthropic.claude-sonnet-4-6',
  'openai.gpt-oss-120b-1:0',
]

const rounds = numberOption('rounds', 10)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
try {
  const file = join(folder, 'workloads.yaml')
  const lines = workloadFile(LINES)
  writeFileSync(file, lines.join('\n'))
  console.log(describeMachine())
  const timings = timeInterleaved(
    [
      {name: 'node', file: process.execPath, argv: ['-e', '0']},
      {
        name: 'estimate',
        file: process.execPath,
        argv: ['bin/run.js', 'cost', 'estimate', file, '--offline', '-o', 'csv'],
      },
    ],
    rounds,
  )
  const [node, estimate] = [timings.get('node'), timings.get('estimate')]
  console.log(`${lines.length} lines; whole process: median ${estimate?.medianMs.toFixed(0)} ms`)
  judge([
    {says: 'lines', value: lines.length, bound: LINES, unit: 'lines', kind: 'at least'},
    {
      says: 'beyond bare Node, minimum',
      value: (estimate?.minMs ?? Number.NaN) - (node?.minMs ?? 0),
      bound: 1000,
      unit: 'ms',
      kind: 'at most',
    },
  ])
} finally {
  rmSync(folder, {recursive: true})
}

function workloadFile(atLeast: number): readonly string[] {
  const lines = ['version: 1', 'region: us-east-1', 'workloads:']
  for (let index = 0; lines.length < atLeast; index += 1) {
    lines.push(
      `  - name: workload-${index}`,
      '    kind: inference',
      `    model: ${MODELS[index % MODELS.length]}`,
      `    requests: ${index + 1}k/month`,
      '    inputTokens: 1500',
      '    outputTokens: 300',
    )
  }
  return lines
}
