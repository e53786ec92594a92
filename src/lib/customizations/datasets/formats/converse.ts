import {memberInsertion} from '../../../jsonl/tape-edits.js'
import type {Row} from '../row.js'
import {judgeBlock} from './converse-blocks.js'
import {judgeMediaCounts} from './media-block.js'
import {tellFormat} from './tell-format.js'
import {ToolUses} from './tool-uses.js'
import {judgeRole, ROLE_BYTES, type Role, TurnOrder} from './turn-order.js'

const VERSION = 'bedrock-conversation-2024'

/** `{"schemaVersion": …, "system": [{"text"}], "messages": [{"role", "content": [{"text"}, …]}]}`. */
export function judgeConverse(row: Row): void {
  const {tape} = row
  let version = -1
  let system = -1
  let messages = -1
  let tools = -1
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (tape.equals(key, 'messages')) messages = key + 1
    else if (tape.equals(key, 'system')) system = key + 1
    else if (tape.equals(key, 'schemaVersion')) version = key + 1
    else if (tape.equals(key, 'toolConfig')) tools = key + 1
  }
  if (messages < 0) {
    tellFormat(row)
    return
  }
  if (tape.size(0) > 1) tellExtras(row)
  judgeVersion(row, version)
  if (system >= 0) readSystem(row, system)
  const uses = new ToolUses(row)
  if (tools >= 0) uses.declare(tools)
  if (tape.isArray(messages)) readMessages(row, messages, uses, system < 0)
  else row.tellType('messages', 'a list')
  uses.finish()
  judgeMediaCounts(row)
  row.hasHash = true
}

function tellExtras(row: Row): void {
  const {tape} = row
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (tape.equals(key, 'messages') || tape.equals(key, 'system') || tape.equals(key, 'schemaVersion')) continue
    if (!tape.equals(key, 'toolConfig')) row.tellExtra(tape.root, key, '')
  }
}

function tellMessageExtras(row: Row, message: number): void {
  const {tape} = row
  for (let key = tape.first(message); key < tape.after(message); key = tape.after(key + 1)) {
    const isKnown = tape.equals(key, 'role') || tape.equals(key, 'content') || tape.equals(key, 'candidates')
    if (!isKnown) row.tellExtra(message, key, 'messages[].')
  }
}

function judgeVersion(row: Row, version: number): void {
  const {tape} = row
  if (version >= 0 && tape.equals(version, VERSION)) return
  const value = JSON.stringify(VERSION)
  const edit =
    version < 0
      ? memberInsertion(tape, tape.root, 'schemaVersion', value)
      : {start: tape.start(version), end: tape.end(version), text: value}
  const text = `${version < 0 ? 'There is no schemaVersion' : 'schemaVersion is another'}: it is "${VERSION}".`
  row.tell('schema-version', 'schemaVersion', text, {
    level: row.rules.strictVersion ? 'error' : 'warning',
    edits: [edit],
  })
}

function readSystem(row: Row, system: number): void {
  const {tape} = row
  row.mix(ROLE_BYTES.system, 0, 1)
  if (tape.isString(system)) {
    bareText(row, system, 'system')
    row.read(system, 'input', 'system')
    return
  }
  if (!tape.isArray(system)) {
    row.tellType('system', 'a list of {"text": …}')
    return
  }
  for (let block = tape.first(system); block < tape.after(system); block = tape.after(block)) {
    const text = tape.member(block, 'text')
    if (text < 0) row.tellMissing('system[].text')
    else if (tape.isString(text)) row.read(text, 'input', 'system[].text')
    else row.tellType('system[].text', 'text')
  }
}

function readMessages(row: Row, messages: number, uses: ToolUses, mayMoveSystem: boolean): void {
  const {tape} = row
  const order = new TurnOrder(row, messages, mayMoveSystem ? 'blocks' : undefined)
  const end = tape.after(messages)
  for (let message = tape.first(messages); message < end; message = tape.after(message)) {
    if (!tape.isObject(message)) {
      row.tellType('messages[]', 'an object')
      continue
    }
    if (tape.size(message) > 2) tellMessageExtras(row, message)
    const role = judgeRole(row, message)
    order.add(message, role)
    if (role === 'assistant') row.markPrompt()
    if (role !== undefined) row.mix(ROLE_BYTES[role], 0, 1)
    row[role === 'assistant' ? 'output' : 'input'].messages += 1
    readContent(row, message, role ?? 'user', uses)
  }
  order.finish()
}

function readContent(row: Row, message: number, role: Role, uses: ToolUses): void {
  const {tape} = row
  const content = tape.member(message, 'content')
  if (content < 0) tellNoContent(row, message)
  else if (tape.isArray(content)) readBlocks(row, content, role, uses)
  else if (tape.isString(content)) {
    if (role !== 'system') bareText(row, content, 'messages[].content')
    row.read(content, role === 'assistant' ? 'output' : 'input', 'messages[].content')
  } else row.tellType('messages[].content', 'a list of blocks')
}

function readBlocks(row: Row, content: number, role: Role, uses: ToolUses): void {
  const {tape} = row
  if (tape.size(content) === 0) {
    row.tell('empty-content', 'messages[].content', 'The message holds nothing.', {drop: true})
    return
  }
  const end = tape.after(content)
  for (let block = tape.first(content); block < end; block = tape.after(block)) judgeBlock(row, block, role, uses)
}

function tellNoContent(row: Row, message: number): void {
  if (row.tape.member(message, 'candidates') < 0) {
    row.tellMissing('messages[].content')
    return
  }
  row.tell('dpo-format', 'messages[].candidates', 'The message holds answers to choose from.')
}

/** Text where blocks are wanted, as OpenAI and Claude data sets have it. */
function bareText(row: Row, node: number, path: string): void {
  const {tape} = row
  row.tell('format', path, 'The content is bare text, as OpenAI and Claude have it: Converse wants [{"text": …}].', {
    edits: [{start: tape.start(node), end: tape.end(node), text: `[{"text":${row.rawOf(node)}}]`}],
  })
}
