import {isTree} from '../../core/is-tree.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import type {TellLoss, ToolCall} from './openai-content.js'
import {defined} from './prompt-input.js'

type Tree = Readonly<Record<string, unknown>>

interface ChatTool {
  readonly name: string
  readonly description: string | undefined
  /** JSON schema of what it is called with. */
  readonly schema: unknown
}

/** Which tools an answer may call, or must. */
type ChatToolChoice =
  | {readonly kind: 'auto' | 'any' | 'none'}
  | {readonly kind: 'tool'; readonly name: string}
  | undefined

interface ChatTools {
  readonly tools: readonly ChatTool[]
  readonly choice: ChatToolChoice
  /** Undefined where the body does not say. */
  readonly parallel: boolean | undefined
}

const NO_PARAMETERS = {type: 'object', properties: {}}

/** The tools of a body; what has no exact counterpart is told as an error. */
export function toolsOf(body: Tree, tell: TellLoss): ChatTools {
  const listed = body['tools'] ?? []
  const tools = (Array.isArray(listed) ? listed : [undefined]).flatMap((tool: unknown) => toolOf(tool, tell) ?? [])
  const parallel = body['parallel_tool_calls']
  return {
    tools,
    choice: choiceOf(body['tool_choice'], tell),
    parallel: typeof parallel === 'boolean' ? parallel : undefined,
  }
}

function toolOf(tool: unknown, tell: TellLoss): ChatTool | undefined {
  const named = isTree(tool) && tool['type'] === 'function' && isTree(tool['function']) ? tool['function'] : {}
  const {description, name, parameters, strict} = named as Tree
  if (typeof name !== 'string') {
    tell('OPENAI_TOOLS', 'error', 'body.tools[]', 'A tool is no function with a name, and cannot be carried over.')
    return undefined
  }
  if (strict === true) {
    tell('OPENAI_TOOLS', 'error', 'body.tools[].function.strict', 'Strict tools cannot be carried over: leave it out.')
  }
  return {
    name,
    description: typeof description === 'string' ? description : undefined,
    schema: isTree(parameters) ? parameters : NO_PARAMETERS,
  }
}

function choiceOf(choice: unknown, tell: TellLoss): ChatToolChoice {
  if (choice === undefined || choice === null) return undefined
  if (choice === 'auto' || choice === 'none') return {kind: choice}
  if (choice === 'required') return {kind: 'any'}
  const named = isTree(choice) && isTree(choice['function']) ? choice['function']['name'] : undefined
  if (typeof named === 'string') return {kind: 'tool', name: named}
  tell('OPENAI_TOOLS', 'error', 'body.tool_choice', 'The choice of a tool cannot be carried over: leave it out.')
  return undefined
}

/** What a message of the assistant calls. */
export function callsOf(calls: unknown, tell: TellLoss): readonly ToolCall[] {
  return (Array.isArray(calls) ? calls : [undefined]).flatMap((call: unknown) => {
    const {function: called, id} = isTree(call) ? call : ({} as Tree)
    const {arguments: text, name} = isTree(called) ? called : ({} as Tree)
    const input = typeof text === 'string' ? objectOf(text) : undefined
    if (typeof id === 'string' && typeof name === 'string' && input) return [{kind: 'call' as const, id, name, input}]
    tell(
      'OPENAI_TOOLS',
      'error',
      'body.messages[].tool_calls[]',
      'A call needs an id, a name and arguments that are JSON of an object, with whole numbers up to 2^53.',
    )
    return []
  })
}

/** Arguments come as text and go as JSON: only what stays the same on the way. */
function objectOf(text: string): Tree | undefined {
  const bytes = Buffer.from(text.trim() === '' ? '{}' : text)
  const tape = new JsonTape()
  if (tape.scan(bytes, 0, bytes.length) || tape.notes.some(({code}) => code === 'JSON_BIG_INTEGER')) return undefined
  const value: unknown = JSON.parse(bytes.toString())
  return isTree(value) ? value : undefined
}

/** Tools as Anthropic's Messages have them. */
export function anthropicTools({choice, parallel, tools}: ChatTools): Tree {
  if (tools.length === 0) return {}
  const one = parallel === false && choice?.kind !== 'none' ? {disable_parallel_tool_use: true} : {}
  const told = choice ?? (parallel === false ? {kind: 'auto' as const} : undefined)
  return defined({
    tools: tools.map(({description, name, schema}) => defined({name, description, input_schema: schema})),
    tool_choice: told && {type: told.kind, ...(told.kind === 'tool' && {name: told.name}), ...one},
  })
}

/** Tools as Amazon Nova has them, which cannot be told to call none, or one at a time. */
export function novaTools({choice, parallel, tools}: ChatTools, tell: TellLoss): Tree {
  if (tools.length === 0) return {}
  if (choice?.kind === 'none' || parallel === false) {
    const path = parallel === false ? 'body.parallel_tool_calls' : 'body.tool_choice'
    tell('OPENAI_TOOLS', 'error', path, 'The model cannot be told so: leave it out, or choose another model.')
  }
  const toolChoice = choice && {[choice.kind]: choice.kind === 'tool' ? {name: choice.name} : {}}
  return {
    toolConfig: defined({
      tools: tools.map(({description, name, schema}) => ({
        toolSpec: defined({name, description, inputSchema: {json: schema}}),
      })),
      toolChoice,
    }),
  }
}
