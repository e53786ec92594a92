import type {JsonNodes} from './json-nodes.js'

/** Up to so many members, keys are compared with each other; of more, by a set of their texts. */
const FEW = 12

/** The keys of an object that came before in it. */
export function repeatedKeys(nodes: JsonNodes, bytes: Uint8Array, object: number): readonly number[] {
  if (nodes.size(object) > FEW) return repeatedTexts(nodes, object)
  const end = nodes.after(object)
  if (areDifferent(nodes, object, end)) return NONE
  let repeated: number[] = NONE
  for (let key = nodes.after(object + 2); key < end; key = nodes.after(key + 1)) {
    for (let earlier = object + 1; earlier < key; earlier = nodes.after(earlier + 1)) {
      if (!areSame(nodes, bytes, earlier, key)) continue
      repeated = [...repeated, key]
      break
    }
  }
  return repeated
}

const NONE: number[] = []

const fingerprints = new Int32Array(FEW)

/** Whether no two keys can be the same, by their fingerprints. */
function areDifferent(nodes: JsonNodes, object: number, end: number): boolean {
  let count = 0
  for (let key = object + 1; key < end; key = nodes.after(key + 1)) {
    const fingerprint = nodes.fingerprint(key)
    if (fingerprint === -1) return false
    for (let earlier = 0; earlier < count; earlier += 1) {
      if (fingerprints[earlier] === fingerprint) return false
    }
    fingerprints[count] = fingerprint
    count += 1
  }
  return true
}

function repeatedTexts(nodes: JsonNodes, object: number): readonly number[] {
  const seen = new Set<string>()
  const repeated: number[] = []
  const end = nodes.after(object)
  for (let key = object + 1; key < end; key = nodes.after(key + 1)) {
    const text = nodes.text(key)
    if (seen.has(text)) repeated.push(key)
    seen.add(text)
  }
  return repeated
}

function areSame(nodes: JsonNodes, bytes: Uint8Array, a: number, b: number): boolean {
  if (nodes.isEscaped(a) || nodes.isEscaped(b)) return nodes.text(a) === nodes.text(b)
  const start = nodes.start(a)
  const other = nodes.start(b)
  const length = nodes.end(a) - start
  if (nodes.end(b) - other !== length) return false
  for (let index = 1; index < length; index += 1) {
    if (bytes[start + index] !== bytes[other + index]) return false
  }
  return true
}
