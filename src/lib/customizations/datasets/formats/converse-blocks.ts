import type {Row} from '../row.js'
import {judgeMedium} from './media-block.js'
import type {ToolUses} from './tool-uses.js'
import type {Role} from './turn-order.js'

const PATH = 'messages[].content[]'

/** Judges one block of a message of a Converse row. */
export function judgeBlock(row: Row, block: number, role: Role, uses: ToolUses): void {
  const {tape} = row
  if (!tape.isObject(block)) {
    row.tellType(PATH, 'an object')
    return
  }
  let known = 0
  for (let key = tape.first(block); key < tape.after(block); key = tape.after(key + 1)) {
    if (judgeMember(row, key, role, uses)) known += 1
    else row.tellExtra(block, key, `${PATH}.`)
  }
  if (known === 0) {
    row.tell('key-missing', PATH, 'The block has none of text, image, video, document, toolUse, toolResult.')
  }
}

/** False for a member that no block has. */
function judgeMember(row: Row, key: number, role: Role, uses: ToolUses): boolean {
  const {tape} = row
  const node = key + 1
  if (tape.equals(key, 'text')) {
    const path = `${PATH}.text`
    if (tape.isString(node)) row.read(node, role === 'assistant' ? 'output' : 'input', path)
    else row.tellType(path, 'text')
    return true
  }
  if (tape.equals(key, 'image')) judgeMedium(row, node, 'image', role, `${PATH}.image`)
  else if (tape.equals(key, 'video')) judgeMedium(row, node, 'video', role, `${PATH}.video`)
  else if (tape.equals(key, 'document')) judgeMedium(row, node, 'document', role, `${PATH}.document`)
  else if (tape.equals(key, 'toolUse')) uses.use(node, role)
  else if (tape.equals(key, 'toolResult')) uses.answer(node, role)
  else if (tape.equals(key, 'reasoningContent')) judgeReasoning(row, node, role)
  else return false
  return true
}

function judgeReasoning(row: Row, node: number, role: Role): void {
  const {tape, rules} = row
  const path = `${PATH}.reasoningContent`
  const told = tape.member(node, 'reasoningText')
  const text = told < 0 ? -1 : tape.member(told, 'text')
  if (!rules.reasoning) row.tell('reasoning', path, 'The base does not learn to reason.')
  else if (role !== 'assistant') row.tell('reasoning', path, 'Reasoning stands in answers alone.')
  else if (text < 0 || !tape.isString(text) || tape.characters(text) === 0) {
    row.tell('reasoning', path, 'There is no text in reasoningText.text.')
  } else if (row.images + row.videos > 0) {
    row.tell('reasoning', path, 'Reasoning does not stand beside images and videos.')
  }
  if (text >= 0 && tape.isString(text) && tape.characters(text) > 0)
    row.read(text, 'output', `${path}.reasoningText.text`)
}
