import {plural, sanitise} from '../../core/text.js'
import {describeOrigin} from '../../output/describe-origin.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {IamGenerate} from './generate.schema.js'

interface StatementRow {
  readonly policy: string
  readonly attachTo: string
  readonly sid: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: string
}

const COLUMNS: readonly Column<StatementRow>[] = [
  {key: 'policy', title: 'POLICY', value: ({policy}) => policy},
  {key: 'attach-to', title: 'ATTACH TO', value: ({attachTo}) => attachTo},
  {key: 'sid', title: 'SID', value: ({sid}) => sid},
  {key: 'actions', title: 'ACTIONS', value: ({actions}) => actions},
  {key: 'resources', title: 'RESOURCES', value: ({resources}) => resources},
  {key: 'conditions', title: 'CONDITIONS', value: ({conditions}) => conditions},
]

export const iamGenerateView: View<IamGenerate, StatementRow> = {
  rows: statementRows,
  columns: () => COLUMNS,
  // Nothing but the policies: they go into a file or a tool. What is to be said of them goes to stderr.
  text: ({text}) => text,
  labelsItself: true,
}

interface Written {
  readonly Sid: string
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: object
}

function statementRows({policies}: IamGenerate): readonly StatementRow[] {
  return policies.flatMap(({name, attachTo, document}) =>
    (document['Statement'] as unknown as readonly Written[]).map(({Sid, Action, Resource, Condition}) => ({
      policy: name,
      attachTo,
      sid: Sid,
      actions: Action,
      resources: Resource,
      conditions: Condition === undefined ? '' : JSON.stringify(Condition),
    })),
  )
}

/** What to know about the policies, for people: what was proven, where they go, what was left out. */
export function explainGenerated(result: IamGenerate, terminal: Terminal): string {
  const {proof, policies, roles, origin, notes, simulated} = result
  const allowed = proof.filter(({expected}) => expected === 'ALLOW').length
  const denied = proof.length - allowed
  const refusals = [...new Set(proof.filter(({expected}) => expected === 'DENY').map(({what}) => what))]
  const lines: readonly (readonly [string, string])[] = [
    ['proven', `${plural(allowed, 'question')} allowed, ${denied} denied, by the evaluator`],
    ['denied', sanitise(refusals.join(', '))],
    ...policies.map(
      ({name, attachTo, characters, limit}) =>
        [
          'policy',
          `${name} for the ${attachTo === 'caller' ? 'caller' : `role ${attachTo}`}, ${characters} of ${limit} characters`,
        ] as const,
    ),
    ...roles.map(({name}) => ['role', `${name}, with its trust policy`] as const),
    ...(origin ? [['from', describeOrigin(origin, terminal)] as const] : []),
    ...notes.map((note) => ['note', note] as const),
    ...(simulated ? [['note', 'simulated: answered by a sandbox, not by AWS'] as const] : []),
  ]
  return lines
    .flatMap(([label, text]) =>
      wrapText(text, Math.max(20, terminal.width - LABEL)).map(
        (line, index) => `${paint('faint', (index === 0 ? label : '').padEnd(LABEL), terminal)}${line}`,
      ),
    )
    .join('\n')
}

const LABEL = 8
