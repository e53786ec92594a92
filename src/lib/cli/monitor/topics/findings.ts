import type {KeptAudit} from '../../../audit/kept/kept-audit.schema.js'
import {commandAgain} from '../../../core/command-again.js'
import {plural, regionWords} from '../../../core/text.js'
import type {FindingRow} from '../../../monitor/board/findings/findings.schema.js'
import type {TopicReader} from '../../../monitor/board/ports.js'
import {callerOf} from '../caller.js'
import type {MonitorDoor} from '../door.js'
import {fileMark} from '../file-mark.js'

const EVERY_MS = 60_000
/** As many as the catalogue has, or nearly: fewer checks are named. */
const FEW = 8
const NOTHING = '0000000000000000'

/** The findings of the last audit of the account that this machine keeps; none where there is none. */
export function findingReader({connection, session, settings, stateFolder}: MonitorDoor): TopicReader<'findings'> {
  let known: {readonly mark: string | undefined; readonly rows: readonly FindingRow[]} | undefined
  return {
    topic: 'findings',
    scope: 'account',
    everyMs: EVERY_MS,
    async look() {
      const {account} = await callerOf(session)
      const simulated = connection.simulated()
      const of = {account, simulated, scenario: simulated ? settings.sandbox : undefined}
      const {auditFile, readKeptAudit} = await import('../../../audit/kept/kept-audit-store.js')
      const mark = await fileMark(auditFile(stateFolder, of))
      if (known === undefined || known.mark !== mark) {
        const audit = await readKeptAudit(stateFolder, of)
        known = {mark, rows: audit === undefined ? [] : rowsOf(audit, (words) => commandAgain(words, settings))}
      }
      return {rows: [...known.rows], metrics: 0}
    },
  }
}

/** An audit that found nothing is a row too: none at all means that nobody has looked. */
function rowsOf(audit: KeptAudit, command: (words: string) => string): readonly FindingRow[] {
  const auditedAtMs = Date.parse(audit.takenAt)
  const scope = scopeOf(audit)
  const rows = audit.findings.map(
    ({commands, message, region, remedy, verdict, ...finding}): FindingRow => ({
      ...{...finding, region: region === 'global' ? null : region, status: verdict, detail: message, remedy},
      again: command(`audit run --check ${finding.check}${region === 'global' ? '' : ` --region ${region}`}`),
      ...{commands, auditedAtMs, scope},
    }),
  )
  if (rows.length > 0) return rows
  return [
    {
      ...{fingerprint: NOTHING, check: 'all', severity: 'info', status: 'PASS', title: 'Nothing was found'},
      ...{resource: audit.account, region: null, detail: null, remedy: null, why: '', evidence: [], commands: []},
      ...{again: command('audit run'), auditedAtMs, scope},
    },
  ]
}

function scopeOf({checks, more, project, regions, simulated, summary, unread}: KeptAudit): string {
  return [
    ...(simulated ? ['simulated'] : []),
    checks.length <= FEW ? checks.join(', ') : plural(checks.length, 'check'),
    regionWords(regions),
    `${summary.PASS} in order`,
    ...(project === null ? [] : [`held against ${project}`]),
    ...(unread === 0 ? [] : [`${plural(unread, 'read')} failed`]),
    ...(more === 0 ? [] : [`${plural(more, 'more finding')} not kept`]),
  ].join('; ')
}
