import type {StateValue} from './alarm-state.js'

const TOKEN = /\s*(\(|\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?[^")]+"?\s*\))/giy

/** Whether the rule of a composite alarm holds: `ALARM("a") AND (OK("b") OR NOT ALARM(c))`; `undefined` for no rule. */
export function ruleHolds(rule: string, stateOf: (alarm: string) => StateValue | undefined): boolean | undefined {
  const tokens = tokensOf(rule)
  if (!tokens) return undefined
  let at = 0
  const accept = (word: string): boolean => {
    const found = tokens[at]?.toUpperCase() === word
    if (found) at += 1
    return found
  }
  const either = (): boolean => {
    let holds = both()
    while (accept('OR')) holds = both() || holds
    return holds
  }
  const both = (): boolean => {
    let holds = one()
    while (accept('AND')) holds = one() && holds
    return holds
  }
  const one = (): boolean => {
    if (accept('NOT')) return !one()
    if (accept('(')) {
      const holds = either()
      accept(')')
      return holds
    }
    const token = tokens[at] ?? ''
    at += 1
    return isTrue(token, stateOf)
  }
  const holds = either()
  return at === tokens.length ? holds : undefined
}

/** The alarms that a rule names. */
export const alarmsIn = (rule: string): readonly string[] =>
  (tokensOf(rule) ?? []).flatMap((token) => named(token)?.name ?? [])

function tokensOf(rule: string): readonly string[] | undefined {
  const found: string[] = []
  let end = 0
  for (const match of rule.matchAll(TOKEN)) {
    found.push(match[1] ?? '')
    end = match.index + match[0].length
  }
  return rule.slice(end).trim() === '' && found.length > 0 ? found : undefined
}

function isTrue(token: string, stateOf: (alarm: string) => StateValue | undefined): boolean {
  const told = named(token)
  return told ? stateOf(told.name) === told.state.toUpperCase() : token.toUpperCase() === 'TRUE'
}

/** `ALARM("name")`; an ARN may be named too. */
function named(token: string): {readonly state: string; readonly name: string} | undefined {
  const [, state, name] = /^(\w+)\s*\(\s*"?([^")]+?)"?\s*\)$/.exec(token) ?? []
  return state === undefined || name === undefined ? undefined : {state, name: name.replace(/^arn:.*:alarm:/, '')}
}
