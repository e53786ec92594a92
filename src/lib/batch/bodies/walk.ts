import {KIND} from '../../jsonl/json-nodes.js'
import type {JsonTape} from '../../jsonl/json-tape.js'
import {memberRemoval} from '../../jsonl/tape-edits.js'
import {countBeyondLatin, TextSum} from '../../jsonl/text-measure.js'
import type {BodyProblem} from './body-problem.js'
import {MEMBERS_OF_FAMILIES} from './detect-family.js'
import type {BodyStats, ModelFacts} from './family.js'
import type {EitherShape, ListShape, NumberShape, ObjectShape, Shape, TaggedShape, TextShape} from './shape.js'

/** Blocks in blocks in blocks: deeper than this no API nests. */
const DEEPEST = 40
/** A blank text is looked for in texts up to this length. */
const BLANK_UP_TO = 16

type Report = (problem: BodyProblem) => void
/** Of a place, and of the path that is told: the place, or a member of it. A function is asked only where it is kept. */
type Sentence = string | ((place: string, path: string) => string)
type ToldMore = Pick<BodyProblem, 'edit'> & {readonly member?: string | undefined}

const NO_MORE: ToldMore = {}

/** Holds a body against its shape, value by value. One is made a family and used for all records: it keeps nothing. */
export class Walk {
  tape: JsonTape
  readonly facts: ModelFacts
  maxOutputTokens: number | undefined
  /** What the model reads of the body. */
  readonly text = new TextSum()
  images = 0
  s3Media = 0
  /** The object or list that holds what is looked at. */
  holder = -1
  #report: Report
  readonly #path: string[] = []
  readonly #refusesOthers: boolean
  #depth = 0

  /** `refusesOthers`: members of other families are known to be refused. */
  constructor(facts: ModelFacts, tape: JsonTape, report: Report, refusesOthers: boolean) {
    this.facts = facts
    this.#refusesOthers = refusesOthers
    this.tape = tape
    this.#report = report
  }

  /** Makes it ready for the next record. */
  begin(tape: JsonTape, report: Report): void {
    this.tape = tape
    this.#report = report
    this.maxOutputTokens = undefined
    this.text.reset()
    this.images = 0
    this.s3Media = 0
    this.#depth = 0
  }

  stats(): BodyStats {
    const {images, maxOutputTokens, s3Media} = this
    const {alphabets, ideographs, messages, others, textCharacters} = this.text
    return {textCharacters, alphabets, ideographs, others, messages, maxOutputTokens, images, s3Media}
  }

  /** Looks at the value of a member, or at an item (`[]`). */
  within(name: string, shape: Shape, node: number): void {
    this.#path[this.#depth] = name
    this.#depth += 1
    this.visit(shape, node)
    this.#depth -= 1
  }

  visit(shape: Shape, node: number): void {
    if (this.#depth > DEEPEST) {
      this.problem('BODY_TOO_DEEP', 'warning', 'Blocks are nested deeper than is looked at: check this record by hand.')
      return
    }
    const {holder} = this
    const fits = this.#fits(shape, node)
    if (!(fits && shape.check)) return
    this.holder = holder
    shape.check(this, node)
  }

  #fits(shape: Shape, node: number): boolean {
    switch (shape.kind) {
      case 'text':
        return this.#text(shape, node)
      case 'number':
        return this.#number(shape, node)
      case 'list':
        return this.#list(shape, node)
      case 'object':
        return this.#object(shape, node)
      case 'tagged':
        return this.#tagged(shape, node)
      case 'either':
        return this.#either(shape, node)
      case 'flag': {
        const kind = this.tape.kind(node)
        return kind === KIND.true || kind === KIND.false || this.#wrongKind('true or false')
      }
      case 'any':
        if (shape.counted) this.text.textCharacters += this.tape.end(node) - this.tape.start(node)
        return true
      case 'later':
        this.visit(shape.of(), node)
        return true
    }
  }

  #text(shape: TextShape, node: number): boolean {
    const {tape} = this
    if (!tape.isString(node)) return this.#wrongKind('text')
    if (shape.oneOf) return shape.oneOf.indexOf(tape, node) >= 0 || this.#wrongValue(shape.oneOf.all)
    const characters = tape.characters(node)
    if (shape.use === 'read') this.#read(node, characters)
    if (shape.least > 0 && this.#isBlank(node, characters)) {
      return this.#no('TEXT_BLANK', 'is empty or blank, which is refused: give it text or leave the block out.')
    }
    if (characters <= shape.most) return true
    return this.#no('TEXT_TOO_LONG', `has more than the ${shape.most} characters that are taken: shorten or split it.`)
  }

  #read(node: number, characters: number): void {
    const {tape, text} = this
    text.textCharacters += characters
    if (tape.isBeyondLatin(node)) countBeyondLatin(tape.text(node), text)
  }

  #isBlank(node: number, characters: number): boolean {
    if (characters === 0) return true
    return characters <= BLANK_UP_TO && this.tape.text(node).trim() === ''
  }

  #number(shape: NumberShape, node: number): boolean {
    const {tape} = this
    const what = shape.whole ? 'a whole number' : 'a number'
    if (tape.kind(node) !== KIND.number) return this.#wrongKind(what)
    const value = tape.number(node)
    if (shape.whole && !Number.isInteger(value)) return this.#wrongKind(what)
    if (value >= shape.least && value <= shape.most) return true
    const range = Number.isFinite(shape.most) ? `from ${shape.least} to ${shape.most}` : `of at least ${shape.least}`
    this.problem('NUMBER_OUT_OF_RANGE', shape.severity, (place) => `${place} must be ${what} ${range}.`)
    return false
  }

  #list(shape: ListShape, node: number): boolean {
    const {tape} = this
    if (!tape.isArray(node)) return this.#wrongKind('a list')
    const size = tape.size(node)
    if (size < shape.least) {
      this.#no('LIST_EMPTY', `needs at least ${shape.least === 1 ? 'one item' : `${shape.least} items`}.`)
    } else if (size > shape.most) this.#no('LIST_TOO_LONG', `takes at most ${shape.most} items: split the record.`)
    const end = tape.after(node)
    for (let item = tape.first(node); item < end; item = tape.after(item)) {
      this.holder = node
      this.within('[]', shape.of, item)
    }
    return size >= shape.least
  }

  #object(shape: ObjectShape, node: number): boolean {
    const {tape} = this
    if (!tape.isObject(node)) return this.#wrongKind('an object')
    const seen = this.#members(shape, node)
    if ((shape.required & ~seen) !== 0) this.#missing(shape, seen)
    const chosen = seen & shape.alternatives
    if (shape.alternatives !== 0 && (chosen === 0 || (chosen & (chosen - 1)) !== 0)) this.#alternatives(shape)
    return true
  }

  /** Bits of the members that have a value. */
  #members(shape: ObjectShape, node: number): number {
    const {tape} = this
    const end = tape.after(node)
    let seen = 0
    for (let key = tape.first(node); key < end; key = tape.after(key + 1)) {
      const index = shape.names.indexOf(tape, key)
      const member = shape.members[index]
      if (member === undefined) this.#unknown(shape, node, key)
      else if (tape.kind(key + 1) === KIND.null) {
        if (!shape.nulls) this.#nothing(node, key, member.name)
      } else {
        seen |= 1 << index
        this.holder = node
        this.within(member.name, member.shape, key + 1)
      }
    }
    return seen
  }

  #tagged(shape: TaggedShape, node: number): boolean {
    const {tape} = this
    if (!tape.isObject(node)) return this.#wrongKind('an object')
    const tag = tape.member(node, shape.tag)
    if (tag < 0)
      return this.#no('MEMBER_MISSING', `needs ${shape.tag}: one of ${shape.names.all.join(', ')}.`, shape.tag)
    const found = shape.shapes[shape.names.indexOf(tape, tag)]
    if (found) this.visit(found, node)
    else {
      this.problem(
        'BLOCK_UNKNOWN',
        'warning',
        (place) => `${place} has a ${shape.tag} that is not known here: check that the model takes it.`,
      )
    }
    return true
  }

  #either({text, list, object}: EitherShape, node: number): boolean {
    const {tape} = this
    if (text && tape.isString(node)) this.visit(text, node)
    else if (list && tape.isArray(node)) this.visit(list, node)
    else if (object && tape.isObject(node)) this.visit(object, node)
    else return this.#wrongKind([text && 'text', list && 'a list', object && 'an object'].filter(Boolean).join(' or '))
    return true
  }

  /** Told at the place that is looked at, or at a member of it. */
  problem(code: string, severity: BodyProblem['severity'], text: Sentence, {edit, member}: ToldMore = NO_MORE): void {
    const held = this.#placeInBody()
    const place = held === '' ? 'modelInput' : held
    const path = member === undefined ? place : held === '' ? member : `${held}.${member}`
    const sentence = () => sentenceAt(path, typeof text === 'string' ? text : text(place, path))
    this.#report({code, severity, path, text: sentence, ...(edit && {fixable: true, edit})})
  }

  /** The place that is looked at; nothing for the body itself. */
  #placeInBody(): string {
    let place = ''
    for (let index = 0; index < this.#depth; index += 1) {
      const name = this.#path[index] ?? ''
      place += name === '[]' || place === '' ? name : `.${name}`
    }
    return place
  }

  #no(code: string, text: string, member?: string): false {
    this.problem(code, 'error', (place) => `${place} ${text}`, {member})
    return false
  }

  #wrongKind(wanted: string): false {
    return this.#no('KIND_WRONG', `must be ${wanted}.`)
  }

  #wrongValue(known: readonly string[]): false {
    return this.#no('VALUE_UNKNOWN', `must be ${known.length === 1 ? `"${known[0]}"` : `one of ${known.join(', ')}`}.`)
  }

  #missing(shape: ObjectShape, seen: number): void {
    for (const [index, {name}] of shape.members.entries()) {
      if ((shape.required & ~seen & (1 << index)) === 0) continue
      this.#no('MEMBER_MISSING', `needs ${name}: add it.`, name)
    }
  }

  #alternatives(shape: ObjectShape): void {
    const names = shape.members.filter((_, index) => (shape.alternatives & (1 << index)) !== 0).map(({name}) => name)
    const which = names.length > 6 ? 'member that says what it is' : `of ${names.join(', ')}`
    this.#no('NOT_EXACTLY_ONE', `must have exactly one ${which}.`)
  }

  #nothing(node: number, key: number, name: string): void {
    this.problem('MEMBER_NULL', 'warning', (_, path) => `${path} is null, which may be refused: leave it out.`, {
      member: name,
      edit: memberRemoval(this.tape, node, key),
    })
  }

  #unknown(shape: ObjectShape, node: number, key: number): void {
    if (this.tape.size(node) > 0 && this.tape.characters(key) > 60) {
      this.problem('MEMBER_UNKNOWN', 'warning', (place) => `${place} has a member that is not known here.`)
      return
    }
    const name = this.tape.text(key)
    const meant = shape.names.didYouMean(name)
    const shown = /^[A-Za-z_][\w.-]*$/.test(name) ? name : '*'
    const isRefused = shape.strict && (meant !== undefined || (this.#refusesOthers && MEMBERS_OF_FAMILIES.has(name)))
    const severity = isRefused ? 'error' : 'warning'
    const otherwise = isRefused ? 'bodies of other models have it. Leave it out.' : 'check the name, or leave it out.'
    const said = (_: string, path: string) => `${path} is not known here: ${meant?.replace('Did', 'did') ?? otherwise}`
    this.problem('MEMBER_UNKNOWN', severity, said, {member: shown})
  }
}

/** Paths stay as they are written; any other text begins as a sentence does. */
function sentenceAt(path: string, text: string): string {
  if (text.startsWith(path) || text.startsWith('modelInput')) return text
  return text.replace(/^./, (first) => first.toUpperCase())
}
