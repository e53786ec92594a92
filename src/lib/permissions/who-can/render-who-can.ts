import {plural} from '../../core/text.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {Outcome} from '../call/call.schema.js'
import {causeWords} from '../call/leg-words.js'
import {targetWords} from '../call/target-words.js'
import type {IamWhoCan, WhoCan} from './who-can.schema.js'

const COLUMNS: readonly Column<WhoCan>[] = [
  {key: 'arn', title: 'PRINCIPAL', value: ({principal}) => principal.arn},
  {key: 'kind', title: 'KIND', value: ({principal}) => principal.kind},
  {key: 'name', title: 'NAME', value: ({principal}) => principal.name},
  {key: 'service-linked', title: 'SERVICE-LINKED', value: ({principal}) => principal.serviceLinked},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome},
  {key: 'through', title: 'THROUGH', value: ({through}) => through},
  {key: 'leg', title: 'LEG', value: ({leg}) => leg},
  {key: 'because', title: 'BECAUSE', value: (who) => becauseWords(who)},
  {key: 'last-used', title: 'LAST USED', value: ({lastUsedAt}) => lastUsedAt},
]

export const iamWhoCanView: View<IamWhoCan, WhoCan> = {
  rows: ({principals}) => principals,
  columns: () => COLUMNS,
  text: renderWhoCan,
}

const MEANINGS: Readonly<Record<Outcome, Meaning>> = {ALLOW: 'good', DENY: 'bad', UNKNOWN: 'warn'}
const WORDS: Readonly<Record<Outcome, string>> = {ALLOW: 'can', DENY: 'cannot', UNKNOWN: 'may'}

const TABLE: readonly Column<WhoCan>[] = [
  {
    key: 'principal',
    title: 'PRINCIPAL',
    value: ({principal}) => `${principal.kind}/${principal.name}`,
    text: ({principal}) => `${principal.kind}/${principal.name}${principal.serviceLinked ? ' (service-linked)' : ''}`,
  },
  {
    key: 'verdict',
    title: 'VERDICT',
    value: ({outcome}) => outcome,
    text: ({outcome}, terminal) => paint(MEANINGS[outcome], WORDS[outcome], terminal),
    weight: 0,
  },
  {key: 'because', title: 'BECAUSE', value: (who) => becauseWords(who), weight: 0},
  {key: 'through', title: 'THROUGH', value: ({through}) => through, text: ({through}) => through.join(' '), weight: 3},
  {
    key: 'last-used',
    title: 'LAST USED',
    value: ({lastUsedAt}) => lastUsedAt,
    text: ({lastUsedAt}) => lastUsedAt?.slice(0, 10) ?? '',
    weight: 4,
  },
]

async function renderWhoCan(result: IamWhoCan, terminal: Terminal): Promise<string> {
  const {principals, calls, counts, all, notes, takenAt} = result
  const [first] = calls
  const ways = calls.map((call) => targetWords(call)).join(', ')
  const summary = `${counts.allow} can, ${counts.unknown} may, ${counts.deny} cannot${all || counts.deny === 0 ? '' : ' (--all says what stops each)'}; policies read ${takenAt}`
  const parts = [
    [
      `${paint('strong', first?.model ?? '', terminal)} from ${first?.from}`,
      ...wrapText(`judged ${plural(calls.length, 'way')}: ${ways}`, terminal.width),
    ].join('\n'),
    principals.length === 0 ? 'Nobody can.' : await renderTable(principals, TABLE, terminal),
    wrapText(summary, terminal.width).join('\n'),
    ...notes.map((note) => wrapText(note, terminal.width).join('\n')),
  ]
  return parts.join('\n\n')
}

function becauseWords({because, leg, open}: WhoCan): string {
  const reasons = because.map((reason) => causeWords(reason)).join('; ')
  const told = reasons === '' ? open.join('; ') : reasons
  return leg === null ? told : `${leg}: ${told === '' ? 'nothing allows it' : told}`
}
