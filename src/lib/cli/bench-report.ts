import type {BenchReport} from '../bench/report/bench-report.schema.js'
import type {ReportedRun} from '../bench/report/read-report.js'
import {usageError} from '../core/errors.js'
import type {View} from '../output/view.js'

const FORMATS: Readonly<Record<string, string>> = {
  html: 'html',
  htm: 'html',
  md: 'markdown',
  csv: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  txt: 'table',
}

/** Reads the runs, in the order they were named, each once. */
export async function reportRuns(
  references: readonly string[],
): Promise<{readonly report: BenchReport; readonly runs: readonly ReportedRun[]}> {
  const [{openRuns}, {readReport}] = await Promise.all([
    import('./open-runs.js'),
    import('../bench/report/read-report.js'),
  ])
  const {store} = await openRuns()
  const runs: ReportedRun[] = []
  for (const reference of references) {
    const read = await readReport(await store.open(reference))
    if (!runs.some(({summary}) => summary.id === read.summary.id)) runs.push(read)
  }
  const summaries = runs.map(({summary}) => summary)
  const report: BenchReport = {
    schemaVersion: 1,
    simulated: summaries.some(({simulated}) => simulated),
    unread: [],
    runs: summaries,
    file: null,
  }
  return {report, runs}
}

/** Writes the report as the format asked for, or as the file's ending says. */
export async function writeReport<Row extends object>(
  report: BenchReport,
  view: View<BenchReport, Row>,
  file: string,
  asked: string | undefined,
): Promise<BenchReport> {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ''
  const format = asked ?? FORMATS[ending]
  if (format === undefined) {
    throw usageError('UNKNOWN_FORMAT', `The name ${file} does not say a format.`, {
      hint: `End it with ${Object.keys(FORMATS).join(', ')}, or give -o html.`,
    })
  }
  const [{renderAnswer}, {writeWhole}] = await Promise.all([
    import('../output/render-answer.js'),
    import('../core/write-whole.js'),
  ])
  const terminal = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}
  const text = await renderAnswer(report, view, {format, query: undefined, terminal})
  await writeWhole(file, text.endsWith('\n') ? text : `${text}\n`)
  return {...report, file}
}
