import type {AuditReport} from '../audit-report.schema.js'

/** Formats that only an audit has, and its own Markdown. */
export const OWN_FORMATS = ['markdown', 'html', 'sarif', 'junit', 'ocsf', 'asff'] as const

/** Formats of a report in a file; what a terminal shows is none. */
export const REPORT_FORMATS = ['json', 'ndjson', 'csv', ...OWN_FORMATS] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** The report in a format, piece by piece: all of a large one is never held as one text where the format allows. */
export async function reportParts(format: ReportFormat, report: AuditReport): Promise<Iterable<string>> {
  switch (format) {
    case 'json':
      return jsonParts(report, (await import('../../output/json.js')).toJson)
    case 'ndjson': {
      const {toNdjson} = await import('../../output/json.js')
      return mapped(report.findings, (finding) => toNdjson([finding], report.simulated))
    }
    case 'csv': {
      const [{renderCsv}, {AUDIT_COLUMNS}] = await Promise.all([
        import('../../output/csv.js'),
        import('./render-audit-columns.js'),
      ])
      return [renderCsv(report.findings, AUDIT_COLUMNS, {simulated: report.simulated})]
    }
    case 'markdown':
      return [(await import('./render-audit-markdown.js')).renderAuditMarkdown(report)]
    case 'html':
      return (await import('./render-html.js')).renderHtml(report)
    case 'sarif':
      return [(await import('./render-sarif.js')).renderAuditSarif(report), '\n']
    case 'junit':
      return (await import('./render-junit.js')).renderJunit(report)
    case 'ocsf':
      return (await import('./render-ocsf.js')).renderOcsf(report)
    case 'asff':
      return (await import('./render-asff.js')).renderAsff(report)
  }
}

/** The same as one text. */
export async function reportText(format: ReportFormat, report: AuditReport): Promise<string> {
  return [...(await reportParts(format, report))].join('')
}

/** The text of the whole report as `-o json` prints it, finding by finding. */
function* jsonParts(report: AuditReport, toJson: (value: unknown, indent?: number) => string): Generator<string> {
  const empty = '"findings": []'
  // No text inside JSON holds a bare line feed: this is the member and nothing that looks like it.
  const [head = '', tail] = toJson({...report, findings: []}, 2).split(`\n  ${empty}`)
  if (report.findings.length === 0 || tail === undefined) {
    yield `${toJson(report, 2)}\n`
    return
  }
  yield `${head}\n  "findings": [`
  for (const [at, finding] of report.findings.entries()) {
    yield `${at === 0 ? '' : ','}\n    ${toJson(finding, 2).replaceAll('\n', '\n    ')}`
  }
  yield `\n  ]${tail}\n`
}

function* mapped<Item>(items: readonly Item[], render: (item: Item) => string): Generator<string> {
  for (const item of items) yield render(item)
}
