import {ABSURD, type Effects} from './effects.js'
import {type Member, membersOf, numberAt, numberEnd, stringEnd} from './json-bytes.js'

// Events of a stream repeat but for the text, so most need no JSON.parse. A shape is an event that was parsed once, with holes
// where others may differ: its text, and members that no dialect reads. What fits a shape is the same JSON but for those, so
// it comes to the same effects. What fits none is parsed.

const TEXT = 0
const SKIPPED_STRING = 1
const SKIPPED_NUMBER = 2
const COUNT = 3

/** Members of the outermost object that no dialect reads and that change from event to event. */
const SKIPPED = new Set([
  'id',
  'created',
  'created_at',
  'p',
  'obfuscation',
  'item_id',
  'sequence_number',
  'system_fingerprint',
])
const MAX_SHAPES = 8
const LONGEST = 2048
/** After so many shapes that nothing fitted, only every 64th event is tried as one. */
const PATIENCE = 32

interface Hole {
  readonly kind: number
  readonly from: number
  readonly to: number
}

class Shape {
  readonly effects: Effects
  /** The count of the event that fitted last, where the shape has one. */
  count: number | undefined
  private readonly constants: readonly Uint8Array[]
  private readonly holes: Uint8Array

  constructor(bytes: Buffer, start: number, end: number, holes: readonly Hole[], effects: Effects) {
    this.effects = effects
    const cuts = [start, ...holes.flatMap(({from, to}) => [from, to]), end]
    const constants: Uint8Array[] = []
    for (let cut = 0; cut < cuts.length; cut += 2)
      constants.push(Uint8Array.from(bytes.subarray(cuts[cut], cuts[cut + 1])))
    this.constants = constants
    this.holes = Uint8Array.from(holes, ({kind}) => kind)
  }

  fits(bytes: Buffer, start: number, end: number): boolean {
    let at = start
    for (let index = 0; ; index++) {
      const constant = this.constants[index] as Uint8Array
      const {length} = constant
      if (at + length > end) return false
      if (!isAt(constant, bytes, at)) return false
      at += length
      if (index === this.holes.length) return at === end
      at = this.fill(this.holes[index] as number, bytes, at, end)
      if (at === -1) return false
    }
  }

  private fill(hole: number, bytes: Buffer, from: number, end: number): number {
    if (hole === TEXT) {
      const to = stringEnd(bytes, from, end)
      return to === from ? -1 : to
    }
    if (hole === SKIPPED_STRING) return stringEnd(bytes, from, end)
    const to = numberEnd(bytes, from, end)
    if (hole !== COUNT || to === -1) return to
    this.count = numberAt(bytes, from, to)
    return this.count < ABSURD ? to : -1
  }
}

/** From this length on one call out of JavaScript costs less than a loop over the bytes. */
const LONG = 80

function isAt(constant: Uint8Array, bytes: Buffer, at: number): boolean {
  const {length} = constant
  if (length >= LONG) return bytes.compare(constant, 0, length, at, at + length) === 0
  for (let place = 0; place < length; place++) if (bytes[at + place] !== constant[place]) return false
  return true
}

/** What a dialect reads that shapes must know of. */
export interface ShapeKeys {
  /** Every member whose text can make an event one that bears content. */
  readonly text: ReadonlySet<string>
  /** Member of the outermost object with the output tokens so far. */
  readonly count: string | undefined
}

/** Shapes of one kind of event, shared by all connections that read it. */
export class Shapes {
  /** The count of the event found last. */
  count: number | undefined
  private readonly keys: ShapeKeys
  private readonly shapes: Shape[] = []
  private barren = 0
  private counts = 0

  constructor(keys: ShapeKeys) {
    this.keys = keys
  }

  /** Effects of an event that fits a shape. */
  find(bytes: Buffer, start: number, end: number): Effects | undefined {
    for (let index = 0; index < this.shapes.length; index++) {
      const shape = this.shapes[index] as Shape
      if (!shape.fits(bytes, start, end)) continue
      if (index > 0) this.moveForward(index)
      this.barren = 0
      this.count = shape.count
      return shape.effects
    }
    return undefined
  }

  /** Keeps the shape of an event that was parsed, where it may come again. */
  learn(bytes: Buffer, start: number, end: number, effects: Effects): void {
    if (end - start > LONGEST || effects.failure !== undefined) return
    // counts differ from answer to answer unless all ask for the same
    if (effects.usage !== undefined && this.counts++ % 8 !== 0) return
    this.barren += 1
    if (this.barren > PATIENCE && this.barren % 64 !== 0) return
    const holes = this.holesOf(membersOf(bytes, start, end), effects)
    if (holes === undefined) return
    if (this.shapes.length === MAX_SHAPES) this.shapes.pop()
    this.shapes.push(new Shape(bytes, start, end, holes, effects))
  }

  /** Undefined where it is not plain which text made the event bear content. */
  private holesOf(members: readonly Member[], effects: Effects): readonly Hole[] | undefined {
    const holes: Hole[] = []
    let texts = 0
    let counts = 0
    for (const member of members) {
      const kind = this.holeOf(member)
      if (kind === undefined) continue
      if (kind === TEXT) texts += 1
      if (kind === COUNT) counts += 1
      holes.push({kind, from: member.from, to: member.to})
    }
    const plain = texts === (effects.token === 'none' ? 0 : 1) && counts === (effects.count === undefined ? 0 : 1)
    return plain ? holes : undefined
  }

  private holeOf({key, kind, depth, from, to}: Member): number | undefined {
    if (kind === 'string' && this.keys.text.has(key)) return from === to ? undefined : TEXT
    if (depth !== 1) return undefined
    if (kind === 'number' && key === this.keys.count) return COUNT
    if (!SKIPPED.has(key)) return undefined
    return kind === 'string' ? SKIPPED_STRING : SKIPPED_NUMBER
  }

  private moveForward(index: number): void {
    const shape = this.shapes[index] as Shape
    this.shapes[index] = this.shapes[index - 1] as Shape
    this.shapes[index - 1] = shape
  }
}
