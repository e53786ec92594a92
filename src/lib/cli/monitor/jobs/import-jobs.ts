import type {ImportJob} from '../../../imports/ports.js'
import type {MonitorDoor} from '../door.js'
import {type JobKind, JobMemory} from './job-kind.js'
import {boardCommands} from './job-next.js'

/** Failed imports that are described at one look. */
const AT_ONCE = 8

/** Imports as `imports list` reads them; why one failed is asked once. */
export async function openImportKind({connection, home, session, settings}: MonitorDoor): Promise<JobKind> {
  const [{imports}, words, {importRow}] = await Promise.all([
    connection.catalog.customModels(),
    openWords(),
    import('../../../monitor/board/jobs/import-rows.js'),
  ])
  const described = new JobMemory<ImportJob>()
  return {
    kind: 'import',
    action: 'bedrock:ListModelImportJobs',
    regions: [...new Set([...imports.regions, home])],
    async look({nowMs, region, signal}) {
      const source = await session.imports()
      const {read} = await words.readImports([region], source, nowMs, signal)
      const jobs = read.flatMap((one) => one.jobs)
      described.keep(region, jobs)
      const pace = words.paceWords(words.importPace(jobs, nowMs))
      const unknown = jobs.filter(
        ({arn, endedAt, state}) =>
          state === 'Failed' &&
          nowMs - Date.parse(endedAt ?? '') <= words.KEPT_MS &&
          described.get(arn, state) === undefined,
      )
      for (const job of unknown.slice(0, AT_ONCE)) {
        described.set(job.arn, job.state, (await source.job(region, job.arn, signal)) ?? job)
      }
      const rows = words.listImports(read, {nowMs, state: undefined}).flatMap((row) => {
        if (row.jobArn === null || row.jobName === null) return []
        const detail = described.get(row.jobArn, row.state)
        const failure = detail ? words.importFailure(detail.message) : null
        const s3Uri = detail?.s3Uri ?? null
        const commands = words.nextCommands(row, s3Uri)
        const next = commands.length > 0 ? commands : [`imports show ${row.jobName}`]
        return [importRow({row, failure, next: boardCommands(next, region, settings), s3Uri, pace})]
      })
      return {rows, isWhole: unknown.length <= AT_ONCE}
    },
  }
}

async function openWords() {
  const [lists, reads, failures, next, paces, watch, bounds] = await Promise.all([
    import('../../../imports/list/list-imports.js'),
    import('../../../imports/list/read-imports.js'),
    import('../../../imports/failure-remedy.js'),
    import('../../../imports/next-commands.js'),
    import('../../../imports/watch/import-pace.js'),
    import('../../../imports/watch/watch-words.js'),
    import('../../../monitor/board/jobs/bound-jobs.js'),
  ])
  return {...lists, ...reads, ...failures, ...next, ...paces, ...watch, ...bounds}
}
