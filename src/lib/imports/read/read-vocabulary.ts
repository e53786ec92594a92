import {KIND} from '../../jsonl/json-nodes.js'
import type {JsonTape} from '../../jsonl/json-tape.js'

/** The greatest id and one more in a tokenizer.json or a vocab.json; 0 where it has no vocabulary. */
export function vocabularySize(tape: JsonTape, file: 'tokenizer.json' | 'vocab.json'): number {
  if (file === 'vocab.json') return highestValue(tape, tape.root) + 1
  const vocab = tape.member(tape.member(tape.root, 'model'), 'vocab')
  const own = tape.isArray(vocab) ? tape.size(vocab) : highestValue(tape, vocab) + 1
  return Math.max(own, highestAdded(tape, tape.member(tape.root, 'added_tokens')) + 1)
}

function highestValue(tape: JsonTape, object: number): number {
  let highest = -1
  if (object < 0 || !tape.isObject(object)) return highest
  for (let key = tape.first(object); key < tape.after(object); key = tape.after(key + 1)) {
    if (tape.kind(key + 1) === KIND.number) highest = Math.max(highest, tape.number(key + 1))
  }
  return highest
}

function highestAdded(tape: JsonTape, list: number): number {
  let highest = -1
  if (list < 0 || !tape.isArray(list)) return highest
  for (let item = tape.first(list); item < tape.after(list); item = tape.after(item)) {
    const id = tape.member(item, 'id')
    if (id >= 0 && tape.kind(id) === KIND.number) highest = Math.max(highest, tape.number(id))
  }
  return highest
}
