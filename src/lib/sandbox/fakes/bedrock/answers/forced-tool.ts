import {isTree} from '../../../../core/is-tree.js'
import type {Body} from './family.js'

/** A tool that a request makes the model use, and the JSON schema of its input. */
export interface ForcedTool {
  readonly name: string
  readonly schema: unknown
}

/** Converse's, and Nova's. */
export function converseTool(toolConfig: unknown): ForcedTool | undefined {
  if (!isTree(toolConfig) || !isTree(toolConfig['toolChoice'])) return undefined
  const {any, tool: named} = toolConfig['toolChoice']
  const tools = listOf(toolConfig['tools']).flatMap(({toolSpec}) => (isTree(toolSpec) ? [toolSpec] : []))
  const wanted = any === undefined ? named : {name: tools[0]?.['name']}
  if (!isTree(wanted)) return undefined
  const spec = tools.find(({name}) => name === wanted['name'])
  const schema = spec?.['inputSchema']
  return spec && {name: String(spec['name']), schema: isTree(schema) ? schema['json'] : undefined}
}

/** Anthropic's. */
export function anthropicTool({tools, tool_choice: choice}: Body): ForcedTool | undefined {
  if (!isTree(choice) || (choice['type'] !== 'any' && choice['type'] !== 'tool')) return undefined
  const all = listOf(tools)
  const spec = choice['type'] === 'any' ? all[0] : all.find(({name}) => name === choice['name'])
  return spec && {name: String(spec['name']), schema: spec['input_schema']}
}

/** OpenAI's. */
export function openAiTool({tools, tool_choice: choice}: Body): ForcedTool | undefined {
  const functions = listOf(tools).flatMap(({function: one}) => (isTree(one) ? [one] : []))
  const wanted = isTree(choice) && isTree(choice['function']) ? choice['function']['name'] : undefined
  const spec = choice === 'required' ? functions[0] : functions.find(({name}) => name === wanted)
  return spec && {name: String(spec['name']), schema: spec['parameters']}
}

const listOf = (value: unknown): readonly Body[] => (Array.isArray(value) ? value.filter(isTree) : [])

/** An input that has what the schema requires. */
export function toolInput({schema}: ForcedTool): unknown {
  return isTree(schema) ? sample(schema, 0) : {}
}

const DEEPEST = 8

function sample(schema: Body, depth: number): unknown {
  const {type, enum: choices, const: only, default: otherwise} = schema
  const [first] = Array.isArray(choices) ? (choices as readonly unknown[]) : []
  const given = only ?? otherwise ?? first
  if (given !== undefined) return given
  const kind: unknown = Array.isArray(type) ? type[0] : type
  if (kind === 'string') return 'mock'
  if (kind === 'integer' || kind === 'number') return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
  if (kind === 'boolean') return true
  if (kind === 'array') return []
  return depth < DEEPEST ? members(schema, depth) : {}
}

function members({properties, required}: Body, depth: number): Body {
  const known = isTree(properties) ? properties : {}
  const names = Array.isArray(required) ? (required as readonly unknown[]).map(String) : []
  return Object.fromEntries(
    names.map((name) => {
      const member = known[name]
      return [name, isTree(member) ? sample(member, depth + 1) : null]
    }),
  )
}
