import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {usageError} from '../../core/errors.js'
import {isTree} from '../../core/is-tree.js'
import {firstLines} from '../../core/text.js'
import {isAiperfLine, isPerfSummary, readAiperfLines, readPerfSummary} from './aiperf.js'
import {isGenaiPerf, readGenaiPerf} from './genai-perf.js'
import {isGuidellm, readGuidellm} from './guidellm.js'
import {type ImportedResult, impossibleRows, Problems} from './imported.js'
import {isLlmeterLine, readLlmeter} from './llmeter.js'
import {isVllm, readVllm} from './vllm.js'

const LARGEST = 500 * 1024 * 1024
const TOLD = 10

/** Reads the results of another tool, told by what is in them; of a folder the file that has the requests. */
export async function readResults(path: string): Promise<ImportedResult> {
  const files = await filesOf(path)
  const found: (ImportedResult & {readonly rows: number})[] = []
  let wrong: readonly string[] = []
  for (const file of files) {
    const problems = new Problems()
    const result = readText(await textOf(file), await summaryBeside(file), problems)
    if (result !== undefined && problems.lines.length === 0) problems.lines.push(...impossibleRows(result))
    wrong = [...wrong, ...problems.lines.map((line) => (files.length > 1 ? `${file}: ${line}` : line))]
    if (result !== undefined && problems.lines.length === 0) {
      found.push({...result, rows: result.cells.reduce((sum, {rows}) => sum + rows.length, 0)})
    }
  }
  const [best] = found.toSorted((a, b) => b.rows - a.rows)
  if (best !== undefined) return best
  if (wrong.length > 0) {
    throw usageError('RESULTS_DAMAGED', `${path} cannot be imported.`, {
      why: firstLines(wrong, TOLD),
      hint: 'Give the file as the tool wrote it.',
    })
  }
  throw usageError('RESULTS_UNKNOWN', `${path} is no result that is known.`, {
    why: 'Known are those of vLLM bench serve, AIPerf, GenAI-Perf, guidellm and LLMeter, told by what is in them.',
    hint: 'vLLM: --save-result --save-detailed. AIPerf: profile_export.jsonl. guidellm: benchmarks.json. LLMeter: its folder.',
  })
}

function readText(text: string, summary: unknown, problems: Problems): ImportedResult | undefined {
  const whole = parse(text)
  if (isTree(whole)) return readTree(whole, problems) ?? readLines([whole], summary, problems)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [first] = lines
  if (first === undefined || !isTree(parse(first))) {
    if (first?.startsWith('{')) problems.lines.push('it begins as JSON, and is cut off or damaged')
    return undefined
  }
  const values = lines.map(parse)
  const last = values.at(-1)
  const kind = readTree(values[0] as Readonly<Record<string, unknown>>, new Problems())
  // A file that vLLM appends to: the last run is the newest.
  if (kind !== undefined && isTree(last)) return readTree(last, problems)
  for (const [at, value] of values.entries())
    if (!isTree(value)) problems.lines.push(`line ${at + 1}: it is no JSON object`)
  return readLines(values, summary, problems)
}

function readTree(tree: Readonly<Record<string, unknown>>, problems: Problems): ImportedResult | undefined {
  if (isVllm(tree)) return readVllm(tree, problems)
  if (isGuidellm(tree)) return readGuidellm(tree, problems)
  if (isGenaiPerf(tree)) return readGenaiPerf(tree, problems)
  return isPerfSummary(tree) ? readPerfSummary(tree) : undefined
}

function readLines(values: readonly unknown[], summary: unknown, problems: Problems): ImportedResult | undefined {
  const [first] = values
  if (!isTree(first)) return undefined
  if (isAiperfLine(first)) return readAiperfLines(values, problems)
  if (isLlmeterLine(first)) return readLlmeter(values, summary, problems)
  problems.lines.length = 0
  return undefined
}

/** Python writes NaN and Infinity, which JSON has not: they are nothing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const plain = text.replace(/([:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g, '$1null')
    return plain === text ? undefined : parse(plain)
  }
}

async function filesOf(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined)
    throw usageError('RESULTS_MISSING', `There is nothing at ${path}.`, {hint: 'Check the path.'})
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => /\.jsonl?$/.test(name)).sort()
  return names.map((name) => join(path, name))
}

/** LLMeter tells users and duration in a file of its own. */
async function summaryBeside(file: string): Promise<unknown> {
  if (!file.endsWith('.jsonl')) return undefined
  return parse(await readFile(join(file, '..', 'summary.json'), 'utf8').catch(() => ''))
}

async function textOf(file: string): Promise<string> {
  const {size} = await stat(file)
  if (size <= LARGEST) return readFile(file, 'utf8')
  throw usageError('RESULTS_TOO_LARGE', `${file} is larger than 500 MB.`, {
    hint: 'Import the summary of the tool instead.',
  })
}
