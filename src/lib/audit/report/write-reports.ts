import {usageError} from '../../core/errors.js'
import {writeWhole} from '../../core/write-whole.js'
import type {AuditReport} from '../audit-report.schema.js'
import {reportParts} from './render-format.js'
import type {ReportSpec} from './report-specs.js'

/**
 * Writes every report, one after another. A file is written whole or left as it was; one that cannot be written does
 * not keep the others from being written.
 */
export async function writeReports(report: AuditReport, specs: readonly ReportSpec[]): Promise<void> {
  const failures: {readonly file: string; readonly cause: unknown}[] = []
  for (const {format, file} of specs) {
    try {
      await writeWhole(file, await reportParts(format, report))
    } catch (cause) {
      failures.push({file, cause})
    }
  }
  const [first] = failures
  if (!first) return
  throw usageError('REPORT_NOT_WRITTEN', `${failures.map(({file}) => file).join(', ')} cannot be written.`, {
    why: failures.map(({cause}) => (cause instanceof Error ? cause.message : String(cause))).join('\n'),
    hint: 'Name another file with --report.',
    cause: first.cause,
  })
}
