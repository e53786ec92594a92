import type {Row} from '../row.js'
import {tellFormat} from './tell-format.js'

/** `{"prompt": "…", "completion": "…"}` and nothing else. */
export function judgePromptCompletion(row: Row): void {
  const {tape} = row
  const prompt = tape.member(tape.root, 'prompt')
  const completion = tape.member(tape.root, 'completion')
  if (prompt < 0 && completion < 0) {
    tellFormat(row)
    return
  }
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (!(tape.equals(key, 'prompt') || tape.equals(key, 'completion'))) row.tellExtra(tape.root, key, '', 'error')
  }
  readText(row, prompt, 'prompt', 'input')
  row.markPrompt()
  readText(row, completion, 'completion', 'output')
  row.hasHash = true
}

/** `{"input": "…"}`. */
export function judgeText(row: Row): void {
  const {tape} = row
  const input = tape.member(tape.root, 'input')
  if (input < 0 || tape.member(tape.root, 'output') >= 0) {
    tellFormat(row)
    return
  }
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (!tape.equals(key, 'input')) row.tellExtra(tape.root, key, '')
  }
  readText(row, input, 'input', 'input')
  row.hasHash = true
}

function readText(row: Row, node: number, name: string, side: 'input' | 'output'): void {
  if (node < 0) row.tellMissing(name)
  else if (!row.tape.isString(node)) row.tellType(name, 'text')
  else row.read(node, side, name)
}
