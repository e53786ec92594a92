import type {AuditContext} from '../audit-context.js'
import {type AuditOptions, runAudit} from '../run-audit.js'
import type {AuditEndpoints} from './audit-endpoints.schema.js'
import {networkMatrix} from './network-matrix.js'

/** The checks of the network path beside the matrix they are about, of one account. */
export function auditEndpoints(context: AuditContext, options: AuditOptions): AuditEndpoints {
  const report = runAudit(context, options)
  const {simulated, unread, gate} = report
  return {
    schemaVersion: 1,
    simulated,
    unread,
    kind: 'bedrockctl-audit-endpoints',
    ...networkMatrix(context),
    report,
    ...(gate && {gate}),
  }
}
