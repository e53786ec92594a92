import {showElapsed} from '../../quantities.js'
import {factsOf, secondWords} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardView} from '../view.js'
import {findJob} from './board-jobs.js'
import {jobPage} from './job-page.js'
import {costWord, countWord, etaWord, progressWords} from './job-words.js'
import {jobsTable} from './jobs-table.js'

/** Batch groups and jobs, imports, customizations, evaluations and copies, with how far they are. */
export const jobsView: BoardView = {
  name: 'jobs',
  title: 'Jobs',
  aliases: ['jo', 'job', 'batch', 'imports', 'customizations', 'evaluations'],
  about: 'batch, imports, customizations, evaluations and copies: progress, time left, cost',
  topics: ['jobs'],
  table: jobsTable,
  page: jobPage,
  describe,
  eventFilter: (state, key) => findJob(state, key)?.row.name,
}

function describe(state: BoardFacts, key: string): readonly (readonly [string, string])[] | undefined {
  const job = findJob(state, key)
  if (job === undefined) return undefined
  const {readAtMs, region, row} = job
  const {cost, createdAtMs, endedAtMs, failed, unit} = row
  const time = (ms: number | null) => (ms === null ? null : secondWords(ms))
  return factsOf([
    ['kind', row.kind],
    ['name', row.name],
    ['id', row.id],
    ['Region', region],
    ['model', row.model],
    ['state', row.at === null ? row.state : `${row.state}, ${row.at}`],
    ['progress', progressWords(row)],
    ['failed', unit === null ? null : countWord(failed, unit)],
    ['left', row.live ? etaWord(job, state.nowMs) : null],
    ['cost', costWord(row)],
    ['cost from', cost?.how],
    ['made', time(createdAtMs)],
    ['ended', time(endedAtMs)],
    ...row.facts.filter(([name]) => name !== 'submitted'),
    ['message', row.message],
    ['to do', row.remedy],
    ...row.next.map((command) => ['next', command] as const),
    ...row.actions.map(({effect, name}) => [`can ${name}`, effect] as const),
    ['read', `${showElapsed(state.nowMs - readAtMs)} ago`],
  ])
}
