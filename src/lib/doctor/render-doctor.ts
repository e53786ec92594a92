import {plural} from '../core/text.js'
import {type Meaning, paint} from '../output/style.js'
import {renderTable} from '../output/table.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import type {CommandPermissions, DoctorCheck, DoctorResult, Permission} from './doctor.schema.js'

const MEANING: Readonly<Record<DoctorCheck['status'], Meaning>> = {
  ok: 'good',
  warn: 'warn',
  fail: 'bad',
  unknown: 'faint',
}

const CHECK_COLUMNS: readonly Column<DoctorCheck>[] = [
  {
    key: 'status',
    title: 'STATUS',
    value: ({status}) => status,
    text: ({status}, terminal) => paint(MEANING[status], status, terminal),
    weight: 0,
  },
  {key: 'title', title: 'CHECK', value: ({title}) => title, weight: 0},
  {key: 'detail', title: 'FINDING', value: ({detail}) => detail, weight: 0},
  {key: 'hint', title: 'NEXT', value: ({hint}) => hint, text: ({hint}) => hint ?? '', weight: 3},
  {key: 'id', title: 'ID', value: ({id}) => id, weight: 9},
]
const PERSON_COLUMNS = CHECK_COLUMNS.filter(({key}) => key !== 'id' && key !== 'hint')

const COMMAND_COLUMNS: readonly Column<CommandPermissions>[] = [
  {key: 'command', title: 'COMMAND', value: ({command}) => command, weight: 0},
  {
    key: 'missing',
    title: 'WOULD MISS',
    value: ({missing}) => missing,
    text: ({missing}, terminal) => (missing.length === 0 ? '-' : paint('bad', few(missing), terminal)),
    weight: 0,
  },
  {
    key: 'unknown',
    title: 'UNKNOWN',
    value: ({unknown}) => unknown,
    text: ({unknown}) => few(unknown) || '-',
    weight: 1,
  },
  {
    key: 'not-probed',
    title: 'NOT PROBED',
    value: ({notProbed}) => notProbed,
    text: ({notProbed}) => few(notProbed) || '-',
    weight: 2,
  },
]

/** An audit calls more than a hundred actions; JSON and CSV name them all. */
const NAMED = 4

function few(actions: readonly string[]): string {
  if (actions.length <= NAMED) return actions.join(' ')
  return `${actions.slice(0, NAMED - 1).join(' ')} and ${actions.length - NAMED + 1} more`
}

const DENIAL_COLUMNS: readonly Column<Permission>[] = [
  {key: 'action', title: 'DENIED', value: ({action}) => action, weight: 0},
  {key: 'reason', title: 'WHY', value: ({reason}) => reason, text: ({reason}) => reason ?? '', weight: 0},
]

const HINT_COLUMNS: readonly Column<DoctorCheck>[] = [
  {key: 'title', title: 'NEXT', value: ({title}) => title, weight: 0},
  {key: 'hint', title: '', value: ({hint}) => hint, text: ({hint}) => hint ?? '', weight: 0},
]

/** Checks as rows; people also see the next steps and the commands that would miss something. */
export const doctorView: View<DoctorResult, DoctorCheck> = {
  rows: ({checks}) => checks,
  columns: () => CHECK_COLUMNS,
  text: renderDoctor,
}

async function renderDoctor(result: DoctorResult, terminal: Terminal): Promise<string> {
  const sections = [await renderTable(result.checks, PERSON_COLUMNS, terminal)]
  const wanting = result.commands.filter(
    ({missing, unknown, notProbed}) => missing.length + unknown.length + notProbed.length > 0,
  )
  if (wanting.length > 0) {
    sections.push(
      `Permissions in ${result.permissionRegion ?? '?'}\n${await renderTable(wanting, COMMAND_COLUMNS, terminal)}`,
    )
  }
  const denials = result.permissions.filter(({state}) => state === 'denied')
  if (denials.length > 0) sections.push(await renderTable(denials, DENIAL_COLUMNS, terminal))
  const hints = result.checks.filter(({hint}) => hint !== null)
  if (hints.length > 0) sections.push(await renderTable(hints, HINT_COLUMNS, terminal))
  sections.push(summary(result))
  return sections.join('\n\n')
}

function summary({checks, offline, requests}: DoctorResult): string {
  const count = (status: DoctorCheck['status']) => checks.filter((check) => check.status === status).length
  const counts = `${plural(checks.length, 'check')}: ${count('ok')} ok, ${count('warn')} warn, ${count('fail')} fail, ${count('unknown')} unknown`
  return offline ? `${counts}. Offline: nothing was called.` : `${counts}. ${plural(requests, 'request')} sent.`
}
