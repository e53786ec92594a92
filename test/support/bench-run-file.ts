import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {summaryOf} from './bench-summary.js'

/** The summary of a run of Bedrock and a server of one's own, as a file in a folder of its own. */
export async function benchRunFile(): Promise<string> {
  return fileOf('summary.json', summaryOf())
}

/** What `vllm bench serve --save-result` writes of ten requests, as a file in a folder of its own. */
export async function vllmResultFile(): Promise<string> {
  const ttft = {mean_ttft_ms: 210, median_ttft_ms: 200, std_ttft_ms: 20, p99_ttft_ms: 260}
  return fileOf('vllm.json', {
    ...{date: '20261119-080000', backend: 'vllm', model_id: 'house-llama', request_rate: 5, duration: 2},
    ...{completed: 10, total_input_tokens: 1000, total_output_tokens: 640, output_throughput: 320, ...ttft},
  })
}

async function fileOf(name: string, content: unknown): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'bench-run-')), name)
  await writeFile(file, JSON.stringify(content))
  return file
}
