import type {Terminal} from '../../output/terminal.js'
import type {View} from '../../output/view.js'
import {type CellRow, cellColumns, cellRows} from '../show/render-cells.js'
import {runText} from '../show/render-run.js'
import type {BenchReport} from './bench-report.schema.js'
import type {ReportedRun} from './read-report.js'
import {reportPage} from './render-report-page.js'

interface ReportRow extends CellRow {
  readonly run: string
}

/** Runs as text, a record a cell, or one HTML file with charts, which `runs` were read for. */
export function reportView(runs: readonly ReportedRun[], version: string): View<BenchReport, ReportRow> {
  return {
    rows: rowsOf,
    columns: (report) => [
      {key: 'run', title: 'Run', value: ({run}) => run, weight: 0},
      ...cellColumns(report.runs.flatMap(({cells}) => cells)),
    ],
    text: reportText,
    extra: {html: () => reportPage(runs, version)},
  }
}

function rowsOf({runs}: BenchReport): readonly ReportRow[] {
  return runs.flatMap((summary) => cellRows(summary).map((row) => ({...row, run: summary.name ?? summary.id})))
}

async function reportText({file, runs}: BenchReport, terminal: Terminal): Promise<string> {
  if (file !== null) return `Written to ${file}.`
  const texts = await Promise.all(runs.map((summary) => runText(summary, terminal)))
  return texts.join('\n\n')
}
