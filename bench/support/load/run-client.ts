import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {childEnvironment} from '../../../scripts/child-environment.js'
import type {TruthChanges} from '../../../test/support/truth-server/options.js'
import {startTruthServer} from '../../../test/support/truth-server/start-truth-server.js'
import {judgeRun, type Verdict} from './against-truth.js'
import {type ClientJob, type ClientReport, type ClientRow, ID_AT} from './client-job.js'
import {takeRows} from './row-file.js'

/** As in the program: bundled, without the loader of TypeScript beside them. */
const PROGRAMS = {
  'engine-client': fileURLToPath(new URL('engine-client.ts', import.meta.url)),
  'peer-client': fileURLToPath(new URL('peer-client.ts', import.meta.url)),
  'load-worker': 'src/lib/bench/load/load-worker.ts',
}
/** `--profile`: each client leaves a profile of its processor time there. */
const PROFILE = process.argv.includes('--profile') ? ['--cpu-prof', '--cpu-prof-dir=.cache/bench-load'] : []
const FOLDER = '.cache/bench-load'
let bundled: Promise<unknown> | undefined

function bundle(): Promise<unknown> {
  return build({
    entryPoints: PROGRAMS,
    outdir: FOLDER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
}

type Settings = Omit<ClientJob, 'port' | 'bodies'> & {readonly bodies?: number}

/** Runs a client, in a process of its own, against a server, in another, and holds one against the other. */
export async function runClient(job: Settings, options: TruthChanges): Promise<Verdict> {
  return (await runClientWithRows(job, options)).verdict
}

/** The same, and every request besides: as the client saw it, and when the server had it. */
export async function runClientWithRows(
  job: Settings,
  options: TruthChanges,
): Promise<{readonly verdict: Verdict; readonly rows: readonly ClientRow[]; readonly arrivals: readonly number[]}> {
  const settled = {strict: false, usage: 'on', inputTokens: 24, idAt: ID_AT, tokens: job.maxTokens, ...options} as const
  await using server = await startTruthServer(settled)
  const before = await server.truth()
  const report = await clientProcess({bodies: job.requests, ...job, port: server.port})
  const after = await server.truth()
  const rows = takeRows(report.file)
  if (report.failures.length > 0) console.log(`failures: ${report.failures.join('; ')}`)
  return {
    verdict: judgeRun(report, rows, {before, after}, usersOf(job)),
    rows,
    arrivals: after.rows.map(({arrived}) => arrived),
  }
}

function usersOf({level}: Pick<ClientJob, 'level'>): number {
  return level.kind === 'concurrency' ? level.users : Number.NaN
}

async function clientProcess(job: ClientJob): Promise<ClientReport> {
  bundled ??= bundle()
  await bundled
  const program = `${FOLDER}/${job.client === 'engine' ? 'engine' : 'peer'}-client.js`
  const argv = [...PROFILE, program, JSON.stringify(job)]
  const child = spawn(process.execPath, argv, {env: childEnvironment(), stdio: ['ignore', 'pipe', 'inherit']})
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString())
}

/** Lines of a table: a verdict in words. */
export function describeVerdict(name: string, verdict: Verdict): string {
  const {ttft, delivery, perSecond, idealPerSecond, tokensPerSecond} = verdict
  const paced = verdict.meanIclErrorPercent >= 0
  const parts = [
    `${perSecond.toFixed(0)} requests/s${idealPerSecond > 0 && paced ? ` (${((perSecond / idealPerSecond) * 100).toFixed(1)} % of what these answers allow)` : ''}`,
    `${tokensPerSecond.toFixed(0)} tokens/s`,
    ...(ttft.n > 0
      ? [
          `TTFT error p50 ${ttft.p50.toFixed(2)} p99 ${ttft.p99.toFixed(2)} most ${ttft.most.toFixed(1)} ms (n ${ttft.n})`,
          `read ${delivery.p50.toFixed(2)}/${delivery.p99.toFixed(2)} ms after the write`,
        ]
      : []),
    ...(paced
      ? [`mean ICL off by ${verdict.meanIclErrorPercent.toFixed(3)} %, p99 by ${verdict.iclP99ErrorMs.toFixed(2)} ms`]
      : []),
    `${verdict.cpuMsPerRequest.toFixed(3)} ms CPU a request (server ${verdict.serverCpuMsPerRequest.toFixed(3)})`,
    `${verdict.rssMb.toFixed(0)} MB, coalesced ${verdict.coalescedPercent.toFixed(1)} %, failed ${verdict.failed}`,
  ]
  return `${name}\n  ${parts.join('\n  ')}`
}
