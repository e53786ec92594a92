import type {BenchPlan} from '../bench/plan/bench-plan.js'
import type {BenchPlanFile} from '../bench/plan/bench-plan.schema.js'
import type {BenchWords, WordProblem} from '../bench/plan/settle-plan.js'
import type {NamedTarget, TargetFacts} from '../bench/target/parse-target.js'
import {type BedrockctlError, usageError} from '../core/errors.js'
import {firstLines} from '../core/text.js'

/** What the flags of a bench say, as oclif gives them. */
export interface BenchFlags extends Partial<BenchWords> {
  readonly target?: readonly string[] | undefined
  readonly plan?: string | undefined
  readonly 'gpu-host'?: readonly string[] | undefined
  readonly 'gpu-hourly'?: string | undefined
  readonly assert?: readonly string[] | undefined
  /** Between two lines of a cell. */
  readonly interval?: string | undefined
}

/** All that a bench is to do, of file and flags. */
export interface BenchOrder {
  readonly plan: BenchPlan
  readonly targets: readonly NamedTarget[]
  readonly gpuHosts: readonly string[]
  /** What the GPUs of local targets cost an hour, and how many they are. */
  readonly gpuHourly: {readonly usd: number; readonly gpus: number} | undefined
  readonly asserts: readonly string[]
}

const LARGEST_BYTES = 256 * 1024
const TOLD = 20

/** Reads the plan file, lays the flags over it, and refuses both with all that is wrong. */
export async function readOrder(flags: BenchFlags, facts: TargetFacts): Promise<BenchOrder> {
  const [{mergeWords, settlePlan}, {parseTarget}, {nameTargets}, {readGpuHost}] = await Promise.all([
    import('../bench/plan/settle-plan.js'),
    import('../bench/target/parse-target.js'),
    import('../bench/target/name-targets.js'),
    import('../bench/telemetry/gpu-host.js'),
  ])
  const file = flags.plan === undefined ? undefined : await readPlanFile(flags.plan, facts)
  const {plan, problems} = settlePlan(mergeWords(file === undefined ? {} : wordsOfFile(file), wordsOfFlags(flags)))
  const texts = flags.target ?? file?.targets ?? []
  const parsed = texts.map((text) => ({text, ...parseTarget(text, facts)}))
  const lines = [
    ...(texts.length === 0 ? ['--target: at least one thing must answer, such as bedrock:amazon.nova-lite-v1:0'] : []),
    ...parsed.flatMap(({problems: wrong, text}) => (wrong ?? []).map((said) => `--target ${text}: ${said}`)),
    ...problems.map(({key, said}) => `--${key}: ${said}`),
  ]
  const hourly = flags['gpu-hourly'] ?? text(file?.['gpu-hourly'])
  const gpuHourly = hourly === undefined ? undefined : readHourly(hourly)
  if (gpuHourly === null) lines.push(`--gpu-hourly ${hourly}: not such as 2.50, or 8x2.50 for eight GPUs`)
  if (lines.length > 0 || gpuHourly === null) throw refusal(lines)
  const targets = parsed.flatMap((one) => (one.target === undefined ? [] : [one.target]))
  const names = nameTargets(targets)
  const gpuHosts = flags['gpu-host'] ?? file?.['gpu-host'] ?? []
  for (const host of gpuHosts) if (host !== 'local') readGpuHost(host)
  return {
    plan,
    targets: targets.map((target, index) => ({target, name: names[index] ?? ''})),
    gpuHosts,
    gpuHourly,
    asserts: flags.assert ?? file?.assert ?? [],
  }
}

/** `2.50` for all, or `8x2.50`, each. */
function readHourly(words: string): BenchOrder['gpuHourly'] | null {
  const match = /^(?:(\d{1,4})x)?\$?(\d+(?:\.\d+)?|\.\d+)$/.exec(words.trim())
  const [gpus, each] = [Number(match?.[1] ?? 1), Number(match?.[2])]
  return match === null || gpus < 1 || each <= 0 ? null : {usd: gpus * each, gpus}
}

function refusal(lines: readonly string[]): BedrockctlError {
  return usageError('BENCH_PLAN_INVALID', 'This plan cannot be run.', {
    why: firstLines(lines, TOLD),
    hint: 'Correct these; bedrockctl bench run --help has an example of each.',
  })
}

/** Holds a plan file against its schema, and what stands in it against what the words may say: all at once, by line. */
export async function readPlanFile(path: string, facts: TargetFacts): Promise<BenchPlanFile> {
  const [{readDocument}, {benchPlanSchema}, {settlePlan}, {parseTarget}] = await Promise.all([
    import('../config/read-document.js'),
    import('../bench/plan/bench-plan.schema.js'),
    import('../bench/plan/settle-plan.js'),
    import('../bench/target/parse-target.js'),
  ])
  const {value} = await readDocument(path, {
    schema: benchPlanSchema,
    what: 'a bench plan',
    code: 'BENCH_PLAN',
    largestBytes: LARGEST_BYTES,
    hint: 'Correct these lines; schemas/bench-plan.json describes every key.',
    elsewhere: 'Name another file with --plan.',
    wrongIn: (file) => [
      ...(file.targets ?? []).flatMap((target, index) =>
        (parseTarget(target, facts).problems ?? []).map((said) => ({path: ['targets', index], said})),
      ),
      ...settlePlan(wordsOfFile(file)).problems.map(({key, said}: WordProblem) => ({path: [key], said})),
    ],
  })
  return value
}

function text(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

function list(value: number | string | readonly (number | string)[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(',') : text(value)
}

function wordsOfFile(file: BenchPlanFile): BenchWords {
  const {
    'gpu-host': _hosts,
    'gpu-hourly': _hourly,
    assert: _asserts,
    targets: _targets,
    version: _version,
    ...words
  } = file
  const strings = [
    'speed',
    'users',
    'turns',
    'requests',
    'warm-up',
    'blocks',
    'seed',
    'workers',
    'max-in-flight',
    'retries',
    'max-usd',
  ] as const
  return {
    ...(words as BenchWords),
    ...Object.fromEntries(strings.filter((key) => words[key] !== undefined).map((key) => [key, text(words[key])])),
    ...(words.concurrency === undefined ? {} : {concurrency: list(words.concurrency)}),
    ...(words.rate === undefined ? {} : {rate: list(words.rate)}),
  }
}

const KEYS = [
  'name',
  'concurrency',
  'rate',
  'arrival',
  'ramp',
  'replay',
  'speed',
  'users',
  'think',
  'turns',
  'requests',
  'duration',
  'warm-up',
  'drain',
  'blocks',
  'data',
  'nonce',
  'calibrate',
  'slo',
  'seed',
  'workers',
  'max-in-flight',
  'retries',
  'connect-timeout',
  'ttft-timeout',
  'idle-timeout',
  'request-timeout',
  'max-usd',
  'over-quota',
  'transport',
  'save-texts',
  'shard',
  'start-at',
] as const satisfies readonly (keyof BenchWords)[]

function wordsOfFlags(flags: BenchFlags): BenchWords {
  return Object.fromEntries(KEYS.map((key) => [key, flags[key]])) as BenchWords
}
