import type {ExportInput} from '../bench/export/export-input.js'
import type {ExportContext} from '../bench/export/export-plan.js'
import type {BenchPlanFile} from '../bench/plan/bench-plan.schema.js'
import {parseArn} from '../core/arn.js'
import {usageError} from '../core/errors.js'
import type {BenchExportFlags} from './bench-export-flags.js'
import {readPlanFile} from './bench-words.js'
import type {Connection} from './connect.js'

export interface ReadExport {
  readonly input: ExportInput
  readonly context: ExportContext
}

/** How a flag reads, and what is wrong with it where it is. */
type Check = readonly [flag: string, text: string | undefined, pattern: RegExp, example: string]

const DEFAULT_NAME = 'bedrockctl-bench'
const START_IN_MS = 5 * 60_000
/** What AWS Batch takes for an array, and more than any Job should have. */
const MOST_SHARDS = 10_000

/** A name of DNS. */
export const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const IMAGE = /^[a-z0-9][\w./:@-]{0,511}$/i
export const QUEUE = /^(?:[A-Za-z0-9][\w-]{0,127}|arn:[\w:/.-]{1,512})$/

/** The plan and the flags, checked: everything that is wrong is told at once, nothing is called. */
export async function readExport(
  path: string,
  flags: BenchExportFlags,
  {
    connection,
    extra,
    region,
  }: {readonly connection: Connection; readonly extra: readonly Check[]; readonly region: string | undefined},
): Promise<ReadExport> {
  const [plan, {planNotes, planWords}, {parseStartAt}, {parseS3Uri}] = await Promise.all([
    readPlanFile(path, connection.catalog),
    import('../bench/export/plan-words.js'),
    import('../bench/plan/load-words.js'),
    import('../jobs/s3-uri.js'),
  ])
  const shards = /^\d{1,5}$/.test(flags.shards) ? Number(flags.shards) : 0
  const startAt = flags['start-at'] === undefined ? undefined : parseStartAt(flags['start-at'])
  const results = parseS3Uri(flags.results, 'any')
  const problems = [
    ...patternProblems([...ownChecks(flags), ...extra]),
    ...(shards < 1 || shards > MOST_SHARDS ? [`--shards ${flags.shards}: a number from 1 to ${MOST_SHARDS}`] : []),
    ...(startAt?.wrong === undefined ? [] : [`--start-at: ${startAt.wrong}`]),
    ...('problems' in results ? results.problems.map((one) => `--results ${flags.results}: ${one}`) : []),
    ...(region === undefined ? ['--region is missing: where Bedrock is called, and what the containers get'] : []),
    ...planProblems(plan),
  ]
  if (problems.length > 0) {
    throw usageError('BENCH_EXPORT', 'This cannot be exported as it stands.', {
      why: problems.join('\n'),
      hint: 'Correct these; bedrockctl bench export kubernetes --help has an example.',
    })
  }
  return {
    input: {
      name: flags.name ?? DEFAULT_NAME,
      image: flags.image,
      region: region ?? '',
      shards,
      results: flags.results.replace(/\/+$/, ''),
      startAt: new Date(
        startAt && 'value' in startAt ? startAt.value : Math.ceil((Date.now() + START_IN_MS) / 1000) * 1000,
      ),
      words: planWords(plan),
    },
    context: {plan: path, notes: planNotes(plan)},
  }
}

const ownChecks = ({image, name}: BenchExportFlags): readonly Check[] => [
  ['name', name, NAME, 'bench-1'],
  ['image', image, IMAGE, 'registry/bedrockctl:1'],
]

function patternProblems(checks: readonly Check[]): readonly string[] {
  return checks.flatMap(([flag, text, pattern, example]) =>
    text === undefined || pattern.test(text) ? [] : [`--${flag} ${text}: not such as ${example}`],
  )
}

function planProblems(plan: BenchPlanFile): readonly string[] {
  return plan.targets === undefined ? ['the plan names no targets: shards get nothing but the plan'] : []
}

/** An ARN of a role, which is not looked up: the account may be another one. */
export function roleCheck(flag: string, text: string | undefined): Check {
  const isRole = text === undefined || parseArn(text)?.resource.startsWith('role/') === true
  return [flag, text, isRole ? /./ : /$^/, 'arn:…:iam::111122223333:role/bench']
}
