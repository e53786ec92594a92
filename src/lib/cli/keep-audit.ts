import type {AuditReport} from '../audit/audit-report.schema.js'
import type {Settings} from '../config/settings.js'

/** Keeps the last audit of an account that was read, for `monitor`; that it cannot be kept is told and stops nothing. */
export async function keepLastAudit(
  report: AuditReport,
  {sandbox}: Pick<Settings, 'sandbox'>,
  note: (text: string) => void,
): Promise<void> {
  if (report.snapshot !== null) return
  const [{toKeptAudit}, {keepAudit}, {stateFolder}] = await Promise.all([
    import('../audit/kept/kept-audit.js'),
    import('../audit/kept/kept-audit-store.js'),
    import('../config/state-folder.js'),
  ])
  const {account, simulated} = report
  try {
    const folder = stateFolder(process.env, process.platform)
    await keepAudit(folder, {account, simulated, scenario: simulated ? sandbox : undefined}, toKeptAudit(report))
  } catch (cause) {
    note(`kept  this audit is not, so monitor will not show it: ${cause instanceof Error ? cause.message : cause}`)
  }
}
