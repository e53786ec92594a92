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
      return [(await import('../../output/json.js')).toJson(report, 2), '\n']
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

function* mapped<Item>(items: readonly Item[], render: (item: Item) => string): Generator<string> {
  for (const item of items) yield render(item)
}
