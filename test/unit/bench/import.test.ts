import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {importRun} from '../../../src/lib/bench/import/import-run.js'
import {leastOf} from '../../../src/lib/bench/import/imported.js'
import {readResults} from '../../../src/lib/bench/import/read-results.js'
import {type RunSummary, runSummarySchema} from '../../../src/lib/bench/metrics/summary.schema.js'
import {createRunStore} from '../../../src/lib/bench/runs/folder-store.js'

let folder: string
let made = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'))
})

afterAll(() => rm(folder, {recursive: true}))

const SECRET = 'the prompt nobody may keep'

async function imported(text: string): Promise<RunSummary> {
  made += 1
  const file = join(folder, `${made}.json`)
  await writeFile(file, text)
  const id = `20261121-${String(100_000 + made)}-abcd`
  const frame = {store: createRunStore(folder), id, name: null, tool: 'bedrockctl 1', digest: 'd', now: new Date(0)}
  const summary = runSummarySchema.parse(await importRun(await readResults(file), frame))
  expect(JSON.stringify(summary)).not.toContain(SECRET)
  return summary
}

const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')
const five = [0, 1, 2, 3, 4]

const VLLM = {
  ...{
    date: '20260722-041843',
    backend: 'openai',
    model_id: 'm',
    num_prompts: 5,
    request_rate: 'inf',
    max_concurrency: 2,
  },
  ...{duration: 5, completed: 5, failed: 0, total_input_tokens: 50, total_output_tokens: 15, request_throughput: 1},
  ...{output_throughput: 3, mean_ttft_ms: 100, median_ttft_ms: 99, std_ttft_ms: 1, p99_ttft_ms: 120},
}
const DETAILED = {
  ...VLLM,
  ...{
    input_lens: five.map(() => 10),
    output_lens: five.map(() => 3),
    errors: five.map((at) => (at === 4 ? 'boom' : '')),
  },
  ...{ttfts: five.map(() => 0.1), itls: five.map(() => [0.02, 0.04]), start_times: five.map((at) => 9000 + at)},
  generated_texts: five.map(() => SECRET),
}
const AIPERF = five.map((at) => ({
  metadata: {
    ...{
      session_num: at,
      request_start_ns: 1_759_813_207_000_000_000 + at * 1e9,
      request_end_ns: 1_759_813_207_200_000_000 + at * 1e9,
    },
    ...{benchmark_phase: at === 0 ? 'warmup' : 'profiling', was_cancelled: at === 3},
  },
  metrics: {
    ...{time_to_first_token: {value: 0.1, unit: 'sec'}, request_latency: {value: 160, unit: 'ms'}},
    ...{output_sequence_length: {value: 3, unit: 'tokens'}, inter_chunk_latency: {value: [20, 40], unit: 'ms'}},
  },
  error: at === 4 ? {code: 429, type: 'x', message: SECRET} : null,
}))
const GENAI = {
  experiments: [
    {
      experiment: {mode: 'concurrency', value: 10},
      requests: five.map((at) => ({
        timestamp: at * 1e9,
        response_timestamps: [0.05, 0.1, 0.12, 0.16].map((seconds) => (at + seconds) * 1e9),
        response_outputs: ['', 'a', 'b', SECRET].map((content, place) => ({
          response: `data: ${JSON.stringify({choices: [{delta: place === 0 ? {role: 'assistant', content} : {content}}]})}\n\n`,
        })),
      })),
    },
  ],
}
const guide = (total: number) => ({
  metadata: {version: 2, guidellm_version: '0.5.0'},
  benchmarks: [
    {
      config: {strategy: {type_: 'concurrent', streams: 2}},
      metrics: {
        request_totals: {successful: total, errored: 0, incomplete: 0},
        time_to_first_token_ms: {
          successful: {mean: 100, count: total, min: 90, max: 110, percentiles: {p50: 100, p99: 110}},
        },
        request_latency: {successful: {mean: 0.16, count: total, percentiles: {p50: 0.16}}},
      },
      requests: {
        successful: five.map((at) => ({
          info: {
            timings: {
              ...{targeted_start: 100 + at, request_start: 100 + at, first_token_iteration: 100.1 + at},
              ...{last_token_iteration: 100.16 + at, request_end: 100.16 + at, token_iterations: 3},
            },
          },
          ...{prompt_tokens: 10, output_tokens: 3, output: SECRET},
        })),
        errored: [],
        incomplete: [],
      },
    },
  ],
})
const LLMETER = five.map((at) => ({
  ...{
    response_text: SECRET,
    time_to_first_token: 0.1,
    time_to_last_token: 0.16,
    num_tokens_input: 10,
    num_tokens_output: 3,
  },
  ...{
    num_tokens_input_cached: null,
    error: at === 4 ? 'ThrottlingException' : null,
    request_time: `2025-01-15T10:00:0${at}Z`,
  },
}))

test.each<[string, string, string, boolean, number, number | undefined]>([
  ['vLLM with its requests', JSON.stringify(DETAILED), 'vLLM bench', true, 4, 30],
  ['vLLM without', JSON.stringify(VLLM), 'vLLM bench', false, 5, undefined],
  ['vLLM, appended', lines([VLLM, DETAILED]), 'vLLM bench', true, 4, 30],
  ['AIPerf', lines(AIPERF), 'AIPerf', true, 2, 30],
  ['GenAI-Perf', JSON.stringify(GENAI), 'GenAI-Perf', true, 5, 30],
  ['guidellm', JSON.stringify(guide(5)), 'guidellm', true, 5, 30],
  ['guidellm with a sample of its requests', JSON.stringify(guide(50)), 'guidellm', false, 50, undefined],
  ['LLMeter', lines(LLMETER), 'LLMeter', true, 4, 30],
])('results of %s are known by what is in them', async (_, text, tool, hasSamples, ok, tpot) => {
  const {cells, imported: by, verdict} = await imported(text)
  const [cell] = cells

  expect(by).toMatchObject({tool, hasSamples})
  expect(cell?.counts.ok).toBe(ok)
  expect(cell?.ttft?.mean).toBeCloseTo(100, 3)
  expect(cell?.tpot?.mean ?? undefined).toEqual(tpot === undefined ? undefined : expect.closeTo(tpot, 3))
  expect(verdict.reasons.map(({code}) => code)).toContain('IMPORTED')
})

test('a summary of tags has its numbers in the units it names', async () => {
  const tag = (avg: number, unit: string) => ({unit, avg, p50: avg, p99: avg, min: avg, max: avg, std: 0})
  const {cells, imported: by} = await imported(
    JSON.stringify({
      ...{schema_version: '1.3', aiperf_version: '0.4', request_count: {unit: 'requests', avg: 7}},
      ...{
        time_to_first_token: tag(0.2, 'sec'),
        request_latency: tag(900, 'ms'),
        request_throughput: tag(2, 'requests/sec'),
      },
    }),
  )

  expect(by).toMatchObject({tool: 'AIPerf', version: '0.4', hasSamples: false})
  expect(cells[0]).toMatchObject({
    ttft: {mean: 200, exact: false},
    e2e: {mean: 900},
    throughput: {requestsPerSecond: 2},
  })
})

test('what is wrong with a file is told at once, and what is no result is called so', async () => {
  const broken = {...DETAILED, duration: 'long', start_times: ['a', null, 1, 2, 3]}

  await expect(imported(JSON.stringify(broken))).rejects.toMatchObject({
    code: 'RESULTS_DAMAGED',
    why: expect.stringMatching(/start_times\[0\].*\n.*start_times\[1\].*\n.*duration/s),
  })
  for (const text of ['', '[]', '{"a": 1}', 'no json', '{"a":1}\n{"a":2}']) {
    await expect(imported(text)).rejects.toMatchObject({code: 'RESULTS_UNKNOWN'})
  }
  await expect(readResults('/nowhere/at/all')).rejects.toMatchObject({code: 'RESULTS_MISSING'})
})

test.each<[string, string, string]>([
  ['times that run backwards', JSON.stringify({...DETAILED, ttfts: five.map(() => -1)}), 'its times run backwards'],
  ['fewer than no tokens', JSON.stringify({...DETAILED, output_lens: five.map(() => -9)}), 'less than no tokens'],
  [
    'gaps that are texts',
    JSON.stringify({...DETAILED, itls: five.map(() => ['a'])}),
    'itls[0][0]: it should be a number',
  ],
  [
    'a NaN of Python',
    JSON.stringify(DETAILED).replace('"ttfts":[0.1', '"ttfts":[NaN'),
    'ttfts[0]: it should be a number',
  ],
  ['an end that is missing', JSON.stringify(DETAILED).slice(0, -40), 'cut off or damaged'],
])('a file with %s is refused', async (_, text, why) => {
  await expect(imported(text)).rejects.toMatchObject({why: expect.stringContaining(why)})
})

test('what a file does not tell is not told to be well, and of many requests the first is found', async () => {
  const few = await imported(JSON.stringify(DETAILED))

  expect(few.selfCheck).toMatchObject({lagP99Ms: null, coalescedFraction: null, clientBound: false})
  expect(few.cells[0]).toMatchObject({lag: null, coalescedFraction: null})
  expect(Date.parse(few.endedAt) - Date.parse(few.startedAt)).toBe(4000)
  expect(leastOf(Array.from({length: 300_000}, (_, at) => at))).toBe(0)
})
