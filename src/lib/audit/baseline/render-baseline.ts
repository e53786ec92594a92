import {plural} from '../../core/text.js'
import type {Column, View} from '../../output/view.js'
import type {AuditBaseline} from './audit-baseline.schema.js'

type Row = AuditBaseline['accepted'][number]

const COLUMNS: readonly Column<Row>[] = [
  {key: 'fingerprint', title: 'FINGERPRINT', value: ({fingerprint}) => fingerprint},
  {key: 'check', title: 'CHECK', value: ({check}) => check},
  {key: 'state', title: 'STATE', value: ({state}) => state, text: ({state, added}) => (added ? 'added' : state)},
  {key: 'expires', title: 'EXPIRES', value: ({expires}) => expires},
  {key: 'owner', title: 'OWNER', value: ({owner}) => owner},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 2},
  {key: 'resource', title: 'RESOURCE', value: ({resource}) => resource, weight: 1},
  {key: 'aspect', title: 'ASPECT', value: ({aspect}) => aspect ?? '', weight: 4},
  {key: 'reason', title: 'REASON', value: ({reason}) => reason, weight: 3},
]

/** What a baseline accepts, an acceptance a row. */
export const baselineView: View<AuditBaseline, Row> = {
  rows: ({accepted}) => accepted,
  columns: () => COLUMNS,
  empty: 'Nothing is accepted.',
  footer: ({accepted, file, written}) => {
    const added = accepted.filter((one) => one.added).length
    if (added === 0) return `${plural(accepted.length, 'acceptance')} in ${file}`
    const said = `${plural(added, 'finding')} ${written ? 'accepted, saved in' : 'would be accepted in'} ${file}`
    return written ? `${said}  (use it: bedrockctl audit run --baseline ${file})` : said
  },
}
