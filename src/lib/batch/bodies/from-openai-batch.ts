import {isTree} from '../../core/is-tree.js'
import type {BodyFamily, FamilyId} from './family.js'
import {
  anthropicBlocks,
  type ChatPart,
  type ChatTurn,
  contentParts,
  converseBlocks,
  type TellLoss,
} from './openai-content.js'
import {anthropicTools, callsOf, novaTools, toolsOf} from './openai-tools.js'
import {defined} from './prompt-input.js'

type Tree = Readonly<Record<string, unknown>>

/** A line of an OpenAI batch file as a record. */
export interface ConvertedLine {
  /** The `custom_id`; undefined where there is none. */
  readonly id: string | undefined
  /** Undefined where an error was told. */
  readonly modelInput: Tree | undefined
}

export interface ConversionDefaults {
  /** Where a line sets no limit. */
  readonly maxTokens: number | undefined
  /** What an embedding is for, in the words of the family. */
  readonly inputType: string | undefined
}

const CHAT = '/v1/chat/completions'
const EMBEDDINGS = '/v1/embeddings'

/** Members that are carried over, in one form or the other. */
const CARRIED = [
  'model',
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'stop',
  'n',
  'stream',
]
/** Those of tools, where the family takes them. */
const OF_TOOLS = ['tools', 'tool_choice', 'parallel_tool_calls']
/** Members without which the answer would be another one. */
const NEEDED = ['tools', 'tool_choice', 'functions', 'function_call', 'response_format', 'modalities', 'audio']

/** Converts a line of OpenAI's batch format for a family; what cannot be carried over is told, never dropped silently. */
export function fromOpenAiBatch(
  line: unknown,
  family: BodyFamily,
  defaults: ConversionDefaults,
  tell: TellLoss,
): ConvertedLine {
  let failed = false
  const told: TellLoss = (code, severity, path, text) => {
    failed ||= severity === 'error'
    tell(code, severity, path, text)
  }
  const {body, custom_id: id, url} = isTree(line) ? line : ({} as Tree)
  const modelInput = isTree(body) ? convert(url, body, family, defaults, told) : undefined
  if (!isTree(body))
    told(
      'OPENAI_BODY',
      'error',
      'body',
      'The line has no body: an OpenAI batch line is {custom_id, method, url, body}.',
    )
  return {id: typeof id === 'string' ? id : undefined, modelInput: failed ? undefined : modelInput}
}

function convert(
  url: unknown,
  body: Tree,
  family: BodyFamily,
  defaults: ConversionDefaults,
  tell: TellLoss,
): Tree | undefined {
  const embeds = family.takes.maxTokens === 'none'
  if (url === EMBEDDINGS && embeds) return embedding(body, family, defaults, tell)
  if ((url === CHAT || url === undefined) && !embeds) return chat(body, family, defaults, tell)
  const wanted = embeds ? EMBEDDINGS : CHAT
  tell('OPENAI_URL', 'error', 'url', `The line is for another API than the model has: its url must be ${wanted}.`)
  return undefined
}

function embedding(body: Tree, family: BodyFamily, {inputType}: ConversionDefaults, tell: TellLoss): Tree | undefined {
  const {dimensions, input} = body
  const texts = Array.isArray(input) && input.length === 1 ? input[0] : input
  if (typeof texts !== 'string') {
    tell('OPENAI_INPUT', 'error', 'body.input', 'A record embeds one text: write a line for each.')
    return undefined
  }
  tellDropped(body, ['model', 'input', 'dimensions'], tell)
  return family.build({prompt: texts, inputType, dimensions: typeof dimensions === 'number' ? dimensions : undefined})
}

function chat(body: Tree, family: BodyFamily, defaults: ConversionDefaults, tell: TellLoss): Tree | undefined {
  if (body['stream'] === true) tell('OPENAI_STREAM', 'error', 'body.stream', 'Batch does not stream: leave it out.')
  if (typeof body['n'] === 'number' && body['n'] > 1) {
    tell('OPENAI_CHOICES', 'error', 'body.n', 'A record has one answer: write a line for each.')
  }
  const make = MAKERS[family.id]
  if (make) return make(body, defaults, tell)
  tell(
    'OPENAI_FAMILY',
    'error',
    'body',
    'Chat messages cannot be put into one prompt of this model: use --api converse.',
  )
  return undefined
}

type Make = (body: Tree, defaults: ConversionDefaults, tell: TellLoss) => Tree

const MAKERS: Partial<Readonly<Record<FamilyId, Make>>> = {
  'chat-completions': (body, {maxTokens}) => {
    const {model, stream, ...rest} = body
    const limited = rest['max_tokens'] !== undefined || rest['max_completion_tokens'] !== undefined
    return limited ? rest : defined({...rest, max_tokens: maxTokens})
  },
  converse: (body, defaults, tell) => converseBody(body, defaults, tell),
  'nova-messages': (body, defaults, tell) => ({
    schemaVersion: 'messages-v1',
    ...converseBody(body, defaults, tell, true),
    ...novaTools(toolsOf(body, tell), tell),
  }),
  'anthropic-messages': (body, defaults, tell) => {
    const {settings, system, turns} = readChat(body, defaults, tell, true)
    const {maxTokens, stop, temperature, topP} = settings
    return defined({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: maxTokens,
      system: system.length > 0 ? system.join('\n\n') : undefined,
      messages: turns.map(({parts, role}) => ({role, content: anthropicBlocks(parts)})),
      temperature,
      top_p: topP,
      stop_sequences: stop,
      ...anthropicTools(toolsOf(body, tell)),
    })
  },
}

function converseBody(body: Tree, defaults: ConversionDefaults, tell: TellLoss, takesTools = false): Tree {
  const {settings, system, turns} = readChat(body, defaults, tell, takesTools)
  const {maxTokens, stop, temperature, topP} = settings
  const inferenceConfig = defined({maxTokens, temperature, topP, stopSequences: stop})
  return defined({
    system: system.length > 0 ? system.map((text) => ({text})) : undefined,
    messages: turns.map(({parts, role}) => ({role, content: converseBlocks(parts)})),
    inferenceConfig: Object.keys(inferenceConfig).length > 0 ? inferenceConfig : undefined,
  })
}

interface Chat {
  readonly system: readonly string[]
  readonly turns: readonly ChatTurn[]
  readonly settings: {
    readonly maxTokens: unknown
    readonly temperature: unknown
    readonly topP: unknown
    readonly stop: unknown
  }
}

function readChat(body: Tree, {maxTokens}: ConversionDefaults, tell: TellLoss, takesTools: boolean): Chat {
  tellDropped(body, takesTools ? [...CARRIED, ...OF_TOOLS] : CARRIED, tell)
  const {messages, stop, temperature, top_p: topP} = body
  const settings = {
    maxTokens: body['max_completion_tokens'] ?? body['max_tokens'] ?? maxTokens,
    temperature: temperature ?? undefined,
    topP: topP ?? undefined,
    stop: typeof stop === 'string' ? [stop] : (stop ?? undefined),
  }
  if (!Array.isArray(messages)) {
    tell('OPENAI_MESSAGES', 'error', 'body.messages', 'The body has no list of messages.')
    return {system: [], turns: [], settings}
  }
  const system: string[] = []
  const turns: ChatTurn[] = []
  for (const message of messages) readMessage(message, system, turns, takesTools, tell)
  return {system, turns, settings}
}

function readMessage(message: unknown, system: string[], turns: ChatTurn[], takesTools: boolean, tell: TellLoss): void {
  const {content, role, ...rest} = isTree(message) ? message : ({} as Tree)
  if (isOfTools(role, rest)) {
    if (takesTools) readToolMessage({...rest, content, role}, turns, tell)
    else tell('OPENAI_TOOLS', 'error', 'body.messages[]', NO_TOOLS)
    return
  }
  if (rest['name'] !== undefined) {
    tell('OPENAI_DROPPED', 'warning', 'body.messages[].name', 'name is left out: the model has no place for it.')
  }
  const parts = contentParts(content, tell)
  if (role === 'system' || role === 'developer') addSystem(parts, system, turns, tell)
  else if (role === 'user' || role === 'assistant') addTurn({role, parts}, turns)
  else tell('OPENAI_ROLE', 'error', 'body.messages[].role', 'A role must be system, developer, user or assistant.')
}

function isOfTools(role: unknown, {function_call: old, tool_calls: calls}: Tree): boolean {
  return role === 'tool' || role === 'function' || (calls ?? old ?? undefined) !== undefined
}

/** Calls of the assistant, or what one of them gave back: that comes from the user's side. */
function readToolMessage(message: Tree, turns: ChatTurn[], tell: TellLoss): void {
  const {content, role, tool_call_id: id, tool_calls: calls} = message
  if (role === 'tool') addTurn({role: 'user', parts: resultOf(content, id, tell)}, turns)
  else if (role === 'assistant' && (calls ?? undefined) !== undefined) {
    const said = (content ?? '') === '' ? [] : contentParts(content, tell)
    addTurn({role, parts: [...said, ...callsOf(calls, tell)]}, turns)
  } else tell('OPENAI_TOOLS', 'error', 'body.messages[]', OLD_CALLS)
}

function resultOf(content: unknown, id: unknown, tell: TellLoss): readonly ChatPart[] {
  const parts = contentParts(content, tell)
  if (typeof id === 'string' && parts.every(({kind}) => kind === 'text')) {
    return [{kind: 'result', id, text: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')}]
  }
  tell('OPENAI_TOOLS', 'error', 'body.messages[]', 'What a tool gave back needs a tool_call_id and text.')
  return []
}

function addSystem(parts: readonly ChatPart[], system: string[], turns: readonly ChatTurn[], tell: TellLoss): void {
  system.push(...parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])))
  if (turns.length > 0) {
    const text = 'A system message amid the others moves to the front.'
    tell('OPENAI_SYSTEM_MOVED', 'warning', 'body.messages[]', text)
  }
  if (parts.some(({kind}) => kind !== 'text')) {
    tell('OPENAI_PART', 'error', 'body.messages[].content[]', 'A system message takes text alone.')
  }
}

/** Two messages of one side in a row become one, as the other APIs take turns. */
function addTurn({parts, role}: ChatTurn, turns: ChatTurn[]): void {
  const last = turns.pop()
  if (last?.role === role) turns.push({role, parts: [...last.parts, ...parts]})
  else turns.push(...(last ? [last] : []), {role, parts})
}

const OLD_CALLS = 'Functions as OpenAI had them first cannot be carried over: write them as tools.'
const NO_TOOLS =
  'Tools cannot be carried over to this kind of record: Converse records with tools fail in batch. Prepare for a model with --api invoke.'

function tellDropped(body: Tree, carried: readonly string[], tell: TellLoss): void {
  for (const [name, value] of Object.entries(body)) {
    if (carried.includes(name) || isDefault(name, value)) continue
    const shown = /^[a-z_]{1,40}$/.test(name) ? name : '*'
    if (NEEDED.includes(name))
      tell(
        'OPENAI_NOT_CARRIED',
        'error',
        `body.${shown}`,
        name.startsWith('tool') ? NO_TOOLS : `${shown} cannot be carried over: leave it out.`,
      )
    else tell('OPENAI_DROPPED', 'warning', `body.${shown}`, `${shown} is left out: the model has no place for it.`)
  }
}

/** Whether a member says what holds without it. */
function isDefault(name: string, value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (name === 'tools' || name === 'functions') return Array.isArray(value) && value.length === 0
  if (name === 'modalities') return JSON.stringify(value) === '["text"]'
  return name === 'response_format' && isTree(value) && value['type'] === 'text'
}
