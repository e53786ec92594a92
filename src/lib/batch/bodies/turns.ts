import {Names} from './names.js'
import type {Walk} from './walk.js'

export interface TurnRules {
  /** Who may speak. */
  readonly roles: Names
  /** Whether the first to speak must be the user; `system` and `developer` do not count. */
  readonly userFirst: 'error' | 'warning' | 'no'
  /** What it is when one side speaks twice in a row. */
  readonly alternate: 'warning' | 'no'
  /** Said of a system prompt among the messages where none is taken; undefined where it is. */
  readonly noSystem?: {readonly severity: 'error' | 'warning'; readonly text: string} | undefined
  /** Said when the last to speak is the assistant. */
  readonly endsWithAssistant?: string | undefined
}

const SYSTEM = new Names(['system', 'developer'])
const BOTH = new Names(['user', 'assistant'])
const ASSISTANT = 1

/** Holds the roles of a list of messages against the rules; messages without a role are told elsewhere. */
export function judgeTurns(walk: Walk, messages: number, rules: TurnRules): void {
  const {tape} = walk
  const end = tape.after(messages)
  let last = -1
  let spoken = false
  let repeated = false
  for (let message = tape.first(messages); message < end; message = tape.after(message)) {
    walk.text.messages += 1
    const role = tape.member(message, 'role')
    if (role < 0) continue
    if (rules.roles.indexOf(tape, role) < 0) tellRole(walk, role, rules)
    const side = BOTH.indexOf(tape, role)
    if (side < 0) {
      last = -1
      continue
    }
    if (!spoken && side === ASSISTANT) tellFirst(walk, rules)
    spoken = true
    repeated ||= side === last
    last = side
  }
  tellEnd(walk, rules, {spoken, repeated, last})
}

function tellEnd(
  walk: Walk,
  rules: TurnRules,
  {last, repeated, spoken}: {readonly spoken: boolean; readonly repeated: boolean; readonly last: number},
): void {
  if (repeated && rules.alternate === 'warning') tellRepeat(walk)
  if (last === ASSISTANT && rules.endsWithAssistant !== undefined) {
    walk.problem('ENDS_WITH_ASSISTANT', 'warning', rules.endsWithAssistant)
  }
  if (!spoken && rules.userFirst === 'error') {
    walk.problem('NO_USER_MESSAGE', 'error', 'No message is of the user: add one.')
  }
}

function tellRepeat(walk: Walk): void {
  walk.problem(
    'ROLES_REPEAT',
    'warning',
    'One side speaks twice in a row, which some models refuse: join the messages.',
  )
}

function tellFirst(walk: Walk, {userFirst}: TurnRules): void {
  if (userFirst === 'no') return
  walk.problem('FIRST_NOT_USER', userFirst, 'The first message must be of the user: begin with one.')
}

function tellRole(walk: Walk, role: number, {noSystem, roles}: TurnRules): void {
  const text = `A role must be one of ${roles.all.join(', ')}.`
  if (noSystem && SYSTEM.indexOf(walk.tape, role) >= 0) walk.problem('ROLE_SYSTEM', noSystem.severity, noSystem.text)
  else walk.problem('ROLE_UNKNOWN', 'error', text)
}
