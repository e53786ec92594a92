import type {AuditContext} from '../audit-context.js'
import {type AuditOptions, runAudit} from '../run-audit.js'
import {accessMatrix} from './access-matrix.js'
import type {AuditIam} from './audit-iam.schema.js'

/** The checks of permissions beside the matrix they are about, of one account. */
export function auditIam(context: AuditContext, options: AuditOptions): AuditIam {
  const report = runAudit(context, options)
  const {simulated, unread, gate} = report
  return {
    schemaVersion: 1,
    simulated,
    unread,
    kind: 'bedrockctl-audit-iam',
    ...accessMatrix(context),
    report,
    ...(gate && {gate}),
  }
}
