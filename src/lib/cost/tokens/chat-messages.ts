import {isTree} from '../../core/is-tree.js'
import type {ContentPart, ConversePrompt, CountableMessage} from './ports.js'
import {SampleProblem} from './sample.js'

/** A prompt of Converse made of another form, and how many of its parts have no place there. */
export interface ConvertedPrompt {
  readonly prompt: ConversePrompt
  readonly leftOut: number
}

type Tree = Readonly<Record<string, unknown>>

const SYSTEM: ReadonlySet<unknown> = new Set(['system', 'developer'])
const USER: ReadonlySet<unknown> = new Set(['user', 'tool', 'function'])

/** Messages as chat APIs have them: a role and text, or parts with a type; the system speaks among them or beside. */
export function readChat(body: Tree, messages: readonly unknown[]): ConvertedPrompt {
  const system: ContentPart[] = []
  const turns: {role: CountableMessage['role']; content: ContentPart[]}[] = []
  let leftOut = 0
  const take = (content: unknown, place: string): readonly ContentPart[] => {
    const parts = partsOf(content, place)
    leftOut += parts.leftOut
    return parts.texts.filter((text) => text.trim() !== '').map((text) => ({text}))
  }

  system.push(...take(body['system'] ?? [], 'system'))
  for (const [index, message] of messages.entries()) {
    const place = `messages[${index}]`
    if (!isTree(message)) throw new SampleProblem(`${place} must be an object with role and content`)
    const said = [...take(message['content'] ?? [], `${place}.content`), ...calls(message['tool_calls'])]
    if (SYSTEM.has(message['role'])) system.push(...said)
    else addTurn(turns, roleOf(message['role'], place), said)
  }
  if (!turns.some(({role}) => role === 'user')) throw new SampleProblem('has no message of a user')
  const toolConfig = toolsOf(body['tools'])
  return {
    prompt: {
      kind: 'converse',
      messages: turns,
      ...(system.length > 0 && {system}),
      ...(toolConfig !== undefined && {toolConfig}),
    },
    leftOut,
  }
}

function roleOf(role: unknown, place: string): CountableMessage['role'] {
  if (USER.has(role)) return 'user'
  if (role === 'assistant') return 'assistant'
  throw new SampleProblem(`${place}.role must be user, assistant, system, developer or tool`)
}

/** Converse takes turns: two messages of one side in a row are one. */
function addTurn(
  turns: {role: CountableMessage['role']; content: ContentPart[]}[],
  role: CountableMessage['role'],
  said: readonly ContentPart[],
): void {
  if (said.length === 0) return
  const last = turns.at(-1)
  if (last?.role === role) last.content.push(...said)
  else turns.push({role, content: [...said]})
}

function partsOf(content: unknown, place: string): {readonly texts: readonly string[]; readonly leftOut: number} {
  if (typeof content === 'string') return {texts: [content], leftOut: 0}
  if (!Array.isArray(content)) throw new SampleProblem(`${place} must be text or a list of parts`)
  const texts = content.flatMap((part: unknown) =>
    typeof part === 'string' ? [part] : isTree(part) && typeof part['text'] === 'string' ? [part['text']] : [],
  )
  return {texts, leftOut: content.length - texts.length}
}

/** What the model called, as the text it is made of. */
function calls(value: unknown): readonly ContentPart[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((call: unknown) =>
    isTree(call) && isTree(call['function']) ? [{text: JSON.stringify(call['function'])}] : [],
  )
}

function toolsOf(value: unknown): ContentPart | undefined {
  if (!Array.isArray(value)) return undefined
  const tools = value.flatMap((tool: unknown) => {
    const told = isTree(tool) && isTree(tool['function']) ? tool['function'] : tool
    if (!isTree(told) || typeof told['name'] !== 'string') return []
    const {name, description, parameters, input_schema: schema} = told
    const json = parameters ?? schema ?? {type: 'object'}
    return [{toolSpec: {name, ...(typeof description === 'string' && {description}), inputSchema: {json}}}]
  })
  return tools.length > 0 ? {tools} : undefined
}
