import type {View} from '../../output/view.js'
import type {AuditReport} from '../audit-report.schema.js'
import type {Finding} from '../finding.schema.js'
import {AUDIT_COLUMNS} from './render-audit-columns.js'
import {renderAuditText} from './render-audit-text.js'
import {OWN_FORMATS, reportText} from './render-format.js'

/** The view of `audit run`. With `all` the text names every finding; without, what fails and what is unknown. */
export function auditView({all}: {readonly all: boolean}): View<AuditReport, Finding> {
  return {
    rows: ({findings}) => findings,
    columns: () => AUDIT_COLUMNS,
    text: (report, terminal) => renderAuditText(report, terminal, {all}),
    extra: Object.fromEntries(OWN_FORMATS.map((format) => [format, (report) => reportText(format, report)])),
  }
}
