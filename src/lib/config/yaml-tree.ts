import {isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type YAMLError, type YAMLMap} from 'yaml'
import {composeDocuments, DEEPEST} from './yaml-documents.js'

// Loaded only where there is a file to read.

/** Something wrong, and where it stands. */
export interface LineProblem {
  readonly line: number
  readonly said: string
}

/** A YAML document as plain data. */
export interface YamlTree {
  /** Undefined where the text is not fit to be looked at any further. */
  readonly value: unknown
  /** Nothing but comments stands in it. */
  readonly empty: boolean
  /** In order of lines. */
  readonly problems: readonly LineProblem[]
  /** The line of a member; where it is absent, that of the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number
}

const TOO_DEEP = `nested more than ${DEEPEST} levels deep`
/** Nodes that aliases may stand for, all together: a few lines can stand for gigabytes. */
const MOST_REPEATED = 200_000

/** Reads one document of YAML 1.2 (JSON is YAML), with merge keys (`<<`). */
export function parseTree(text: string): YamlTree {
  const control = /[^\P{Cc}\t\n\r\u0085]/u.exec(text)
  if (control !== null) return refused([controlCharacter(text, control.index)])
  const lines = new LineCounter()
  const {documents, tooDeep} = composeDocuments(text, lines)
  if (tooDeep !== undefined) return refused([{line: tooDeep, said: TOO_DEEP}])
  const [document, second] = documents
  if (document === undefined) return refused([{line: 1, said: 'no document of YAML'}])
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const told = [...document.errors, ...document.warnings].map((error) => ({
    line: lineAt(error.pos[0]),
    said: wordsOf(error),
  }))
  if (second) told.push({line: lineAt(second.range[0]), said: 'a second document begins; only one may stand in a file'})
  if (told.length > 0) return refused(told.toSorted((a, b) => a.line - b.line))
  const {problems, sound} = inspect(document.contents, lineAt)
  if (!sound) return refused(problems)
  const offsetOf = createOffsets(document.contents)
  const value: unknown = document.toJS({maxAliasCount: -1})
  return {
    value: value ?? {},
    empty: value === null,
    problems,
    lineOf: (path) => lineAt(offsetOf(path)),
  }
}

function refused(problems: readonly LineProblem[]): YamlTree {
  return {value: undefined, empty: false, problems, lineOf: () => 1}
}

function controlCharacter(text: string, index: number): LineProblem {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')
  return {line: text.slice(0, index).split('\n').length, said: `the control character U+${code} may not stand in YAML`}
}

function wordsOf({code, message}: YAMLError): string {
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP
  return message
}

interface Inspection {
  readonly problems: readonly LineProblem[]
  /** Whether the document can be made plain data without harm. */
  readonly sound: boolean
}

/** What YAML allows and we do not, in one pass: keys that stand twice, odd keys, aliases that grow or never end. */
function inspect(root: unknown, lineAt: (offset: number) => number): Inspection {
  const problems: LineProblem[] = []
  /** How much stands behind an anchor; null while it is being looked at. */
  const anchored = new Map<string, number | null>()
  let repeated = 0
  let sound = true

  function tell(node: unknown, said: string): void {
    problems.push({line: lineAt(startOf(node) ?? 0), said})
  }
  function refuse(node: unknown, said: string): number {
    if (sound) tell(node, said)
    sound = false
    return 0
  }
  function sizeOf(node: unknown, depth: number): number {
    if (depth > DEEPEST) return refuse(node, TOO_DEEP)
    if (isAlias(node)) return sizeOfAlias(node)
    const anchor = isNode(node) ? node.anchor : undefined
    if (anchor !== undefined) anchored.set(anchor, null)
    const size = isMap(node) ? sizeOfMap(node, depth) : isSeq(node) ? sizeOfItems(node.items, depth) : 1
    if (anchor !== undefined) anchored.set(anchor, size)
    return size
  }
  function sizeOfAlias(node: {readonly source: string}): number {
    const size = anchored.get(node.source)
    if (size === undefined) return refuse(node, `*${node.source} names nothing above it`)
    if (size === null) return refuse(node, `*${node.source} stands within what it names`)
    repeated += size
    if (repeated > MOST_REPEATED) return refuse(node, 'aliases (*) repeat more than a file of this kind can need')
    return size
  }
  function sizeOfItems(items: readonly unknown[], depth: number): number {
    let size = 1
    for (const item of items) size += sizeOf(item, depth + 1)
    return size
  }
  function sizeOfMap(node: {readonly items: readonly {key: unknown; value: unknown}[]}, depth: number): number {
    const seen = new Map<string, unknown>()
    let size = 1
    for (const {key, value} of node.items) {
      if (!isScalar(key)) refuse(key, 'a key must be plain text')
      else checkKey(key, seen)
      size += sizeOf(value, depth + 1)
    }
    return size
  }
  function checkKey(key: {readonly value: unknown}, seen: Map<string, unknown>): void {
    const name = String(key.value)
    const first = seen.get(name)
    if (name === '__proto__') refuse(key, '__proto__ is no key that a file may have')
    else if (first === undefined) seen.set(name, key)
    else if (name !== '<<') tell(key, `the key ${name} stands twice, first on line ${lineAt(startOf(first) ?? 0)}`)
  }

  sizeOf(root, 0)
  return {problems, sound}
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

/** Finds where members begin: with their keys, if they have one. Maps are indexed once they are asked about. */
function createOffsets(root: unknown): (path: readonly PropertyKey[]) => number {
  const indexes = new Map<YAMLMap, Map<string, {readonly key: unknown; readonly value: unknown}>>()
  function pairOf(map: YAMLMap, part: PropertyKey): {readonly key: unknown; readonly value: unknown} | undefined {
    const index = indexes.get(map) ?? new Map(map.items.map((pair) => [nameOfKey(pair.key), pair]))
    indexes.set(map, index)
    return index.get(String(part))
  }
  return (path) => {
    let node = root
    let offset = startOf(root) ?? 0
    for (const part of path) {
      const {key, value} = isMap(node)
        ? (pairOf(node, part) ?? {key: undefined, value: undefined})
        : {key: undefined, value: isSeq(node) ? node.items[Number(part)] : undefined}
      const start = startOf(key) ?? startOf(value)
      if (start === undefined) break
      offset = start
      node = value
    }
    return offset
  }
}

function nameOfKey(key: unknown): string {
  return isScalar(key) ? String(key.value) : ''
}
