import {isTree} from '../../../../core/is-tree.js'
import {seededRandom} from '../../../world/random.js'
import type {Body} from './family.js'

type Vector = readonly number[]

const DECIMALS = 1e4
/** As many vectors of each length are made; prompts share them. */
const VARIETY = 64
const vectors = new Map<string, Vector>()
const signs = new WeakMap<Vector, Vector>()
/** Digits of the vectors above: writing them anew would be most of the work of a job. */
const written = new WeakMap<Vector, Buffer>()

/** A vector of length 1 for a prompt. */
export function vectorFor(prompt: number, dimensions: number): Vector {
  const key = `${dimensions}/${prompt % VARIETY}`
  const known = vectors.get(key)
  if (known) return known
  const random = seededRandom((prompt % VARIETY) + 1)
  const raw = Array.from({length: dimensions}, () => random() * 2 - 1)
  const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0))
  // JSON knows no negative zero.
  const vector = kept(raw.map((value) => Math.round((value / norm) * DECIMALS) / DECIMALS + 0))
  vectors.set(key, vector)
  return vector
}

/** A vector in the form `binary`. */
export function signsOf(vector: Vector): Vector {
  const known = signs.get(vector)
  if (known) return known
  const made = kept(vector.map((value) => (value > 0 ? 1 : 0)))
  signs.set(vector, made)
  return made
}

function kept(vector: Vector): Vector {
  written.set(vector, Buffer.from(JSON.stringify(vector)))
  return vector
}

/** What JSON.stringify makes of an answer, in pieces; each of its vectors is one. */
export function writeAnswer(output: Body): readonly Buffer[] {
  const pieces: Buffer[] = []
  const rest = write(output, '', pieces)
  return [...pieces, Buffer.from(rest)]
}

/** Returns `text` with the value behind it, less what has become a piece. */
function write(value: unknown, text: string, pieces: Buffer[]): string {
  if (Array.isArray(value)) {
    const ready = written.get(value)
    if (!ready) return `${joined(value.entries(), () => '', `${text}[`, pieces)}]`
    pieces.push(Buffer.from(text), ready)
    return ''
  }
  if (!isTree(value)) return `${text}${value === undefined ? 'null' : JSON.stringify(value)}`
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `${joined(members, (name) => `${JSON.stringify(name)}:`, `${text}{`, pieces)}}`
}

function joined<Name>(
  items: Iterable<readonly [Name, unknown]>,
  label: (name: Name) => string,
  before: string,
  pieces: Buffer[],
): string {
  let text = before
  let comma = ''
  for (const [name, item] of items) {
    text = write(item, `${text}${comma}${label(name)}`, pieces)
    comma = ','
  }
  return text
}
