import {plural} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {AuditChecks} from './audit-checks.schema.js'

type Row = AuditChecks['checks'][number]

const COLUMNS: readonly Column<Row>[] = [
  {key: 'check', title: 'CHECK', value: ({id}) => id},
  {key: 'severity', title: 'SEVERITY', value: ({severity}) => severity},
  {key: 'title', title: 'DEMANDS THAT', value: ({title}) => title},
  {key: 'needs', title: 'DECLARED BY', value: ({needs}) => needs ?? '', weight: 2},
  {key: 'resource', title: 'JUDGES', value: ({resource}) => resource, weight: 3},
]

/** The catalogue a check a row; a single check whole. */
export const checksView: View<AuditChecks, Row> = {
  rows: ({checks}) => checks,
  columns: () => COLUMNS,
  text: renderChecks,
}

async function renderChecks({checks, catalogueAsOf}: AuditChecks, terminal: Terminal): Promise<string> {
  const [only] = checks
  if (checks.length === 1 && only !== undefined) return renderCheck(only, terminal)
  const {renderTable} = await import('../../output/table.js')
  const table = await renderTable(checks, COLUMNS, terminal)
  const foot = `${plural(checks.length, 'check')}, facts of ${catalogueAsOf}. One whole: bedrockctl audit checks --check ${only?.id ?? ''}`
  return [table, '', ...wrapText(foot, terminal.width)].join('\n')
}

function renderCheck(check: Row, terminal: Terminal): string {
  const part = (name: string, text: string | undefined) =>
    text === undefined || text === ''
      ? []
      : wrapText(text, terminal.width - INDENT).map((line, at) => `${(at === 0 ? name : '').padEnd(INDENT)}${line}`)
  const references = check.references.flatMap(({title, url}, at) => [
    ...part(at === 0 ? 'see' : '', title),
    `${' '.repeat(INDENT)}${url}`,
  ])
  return [
    paint('strong', `${check.id}  ${check.severity}`, terminal),
    ...wrapText(check.title, terminal.width),
    '',
    ...part('why', check.why),
    ...part('judges', check.resource),
    ...part('fails when', check.failsWhen),
    ...part('unknown when', check.unknownWhen),
    ...part('declared by', check.needs && `${check.needs} in bedrockctl.yaml`),
    ...part('reads', check.reads.join(', ')),
    ...part('IAM actions', check.actions.join(', ')),
    ...references,
  ].join('\n')
}

const INDENT = 14
