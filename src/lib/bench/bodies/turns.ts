import type {Turn} from '../data/conversation.js'

export interface Dialogue {
  /** All system turns, wherever they are; undefined: none. */
  readonly system: string | undefined
  readonly turns: readonly {readonly role: 'user' | 'assistant'; readonly text: string}[]
}

/** Servers want roles in turn, and the system prompt apart: turns of one role after another become one. */
export function dialogueOf(turns: readonly Turn[]): Dialogue {
  const system = turns.filter(({role}) => role === 'system').map(({text}) => text)
  const merged: {role: 'user' | 'assistant'; text: string}[] = []
  for (const {role, text} of turns) {
    if (role === 'system') continue
    const last = merged.at(-1)
    if (last?.role === role) last.text += `\n\n${text}`
    else merged.push({role, text})
  }
  return {system: system.length === 0 ? undefined : system.join('\n\n'), turns: merged}
}

/** What OpenAI's servers and those like them call messages. */
export function messagesOf({system, turns}: Dialogue): readonly {readonly role: string; readonly content: string}[] {
  const messages = turns.map(({role, text}) => ({role, content: text}))
  return system === undefined ? messages : [{role: 'system', content: system}, ...messages]
}
