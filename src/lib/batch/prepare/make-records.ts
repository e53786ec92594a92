import {JsonTape} from '../../jsonl/json-tape.js'
import {ProblemGroups} from '../../jsonl/problem-groups.js'
import type {BodyFamily, BodyStats} from '../bodies/family.js'
import {fromOpenAiBatch} from '../bodies/from-openai-batch.js'
import type {PromptImage} from '../bodies/prompt-input.js'
import type {PromptSettings} from './prepare-input.js'
import {readImage} from './read-image.js'
import {idOfRow, RecordIds} from './record-ids.js'
import type {FaultyRow, ParsedLine, Row} from './rows.js'
import type {Template} from './template.js'

/** A problem of one row, as it goes into the file of rejected ones. */
export interface RowFault {
  readonly code: string
  readonly path: string | undefined
  readonly text: string
}

export type MadeRecord =
  | {readonly kind: 'record'; readonly line: string; readonly bytes: number; readonly stats: BodyStats}
  | {readonly kind: 'rejected'; readonly faults: readonly RowFault[]}

export interface RecordRules {
  readonly family: BodyFamily
  readonly settings: PromptSettings
  /** Undefined for lines that hold their prompts. */
  readonly template: Template | undefined
  /** From which relative paths of images count. */
  readonly folder: string
}

type Tell = (code: string, severity: 'error' | 'warning', path: string | undefined, text: string) => void

/** Makes records of rows, one at a time, and groups what is wrong with them. */
export class RecordMaker {
  readonly problems = new ProblemGroups()
  readonly #rules: RecordRules
  readonly #ids = new RecordIds()
  readonly #tape = new JsonTape()
  #faults: RowFault[] = []
  #row = 0
  #id: string | undefined

  constructor(rules: RecordRules) {
    this.#rules = rules
  }

  /** A promise where files are read for it. */
  make(item: Row | FaultyRow | ParsedLine): MadeRecord | Promise<MadeRecord> {
    this.#faults = []
    this.#row = item.number
    this.#id = undefined
    if (item.kind !== 'row') return this.#recordOf(item, this.#bodyOf(item))
    if (this.#rules.settings.imageColumns.length === 0) return this.#recordOf(item, this.#promptBody(item, []))
    return this.#imagesOf(item).then((images) => this.#recordOf(item, this.#promptBody(item, images)))
  }

  #recordOf(item: Row | FaultyRow | ParsedLine, body: Readonly<Record<string, unknown>> | undefined): MadeRecord {
    const id = this.#idOf(item)
    if (body === undefined || id === undefined || this.#faults.length > 0) return this.#rejected()
    const line = `${JSON.stringify({recordId: id, modelInput: body})}\n`
    const bytes = Buffer.from(line)
    const stats = this.#judge(bytes)
    return this.#faults.length > 0 ? this.#rejected() : {kind: 'record', line, bytes: bytes.length, stats}
  }

  #rejected(): MadeRecord {
    return {kind: 'rejected', faults: this.#faults}
  }

  readonly #tell: Tell = (code, severity, path, text) => {
    this.problems.add({code, severity, path, text, line: this.#row}, () => this.#id)
    if (severity === 'error') this.#faults.push({code, path, text})
  }

  #bodyOf(item: FaultyRow | ParsedLine): Readonly<Record<string, unknown>> | undefined {
    if (item.kind === 'faulty') {
      this.#tell(item.code, 'error', undefined, item.text)
      return undefined
    }
    const {family, settings} = this.#rules
    const {id, modelInput} = fromOpenAiBatch(item.value, family, settings, this.#tell)
    this.#id = id
    return modelInput
  }

  #promptBody(row: Row, images: readonly PromptImage[]): Readonly<Record<string, unknown>> | undefined {
    const {family, settings, template} = this.#rules
    const prompt = template?.fill(row, this.#missing) ?? ''
    return this.#faults.length > 0 ? undefined : family.build({...settings, prompt, images})
  }

  readonly #missing = (column: string): void =>
    this.#tell('VALUE_MISSING', 'error', column, 'The row has no value there: fill it in, or write {{column?}}.')

  async #imagesOf(row: Row): Promise<readonly PromptImage[]> {
    const {family, folder, settings} = this.#rules
    const images: PromptImage[] = []
    for (const column of settings.imageColumns) {
      const name = row.get(column)?.trim() ?? ''
      if (name === '') this.#tell('VALUE_MISSING', 'error', column, 'The row names no image there: fill it in.')
      else {
        const image = await readImage(name, folder, family.takes.images === 'bytes-or-s3')
        if (image.kind === 'fault') this.#tell(image.code, 'error', column, image.text)
        else images.push(image)
      }
    }
    return images
  }

  /** An id of a row that is rejected for another reason is taken all the same: what repeats it repeats it. */
  #idOf(item: Row | FaultyRow | ParsedLine): string | undefined {
    const {idColumn} = this.#rules.settings
    if (item.kind === 'faulty') return undefined
    if (item.kind === 'row' && idColumn === undefined) return idOfRow(item.number)
    const found = this.#ids.take(item.kind === 'row' ? row(item, idColumn) : this.#id)
    const path = item.kind === 'row' ? idColumn : 'custom_id'
    if (found.kind === 'fault') {
      this.#tell(found.code, 'error', path, found.text)
      return undefined
    }
    this.#id = found.id
    if (found.changed) {
      this.#tell(
        'ID_CHANGED',
        'warning',
        path,
        'The id has other characters than letters, digits, - and _: they become _.',
      )
    }
    return found.id
  }

  /** What was made is held against the model as `batch check` does. */
  #judge(bytes: Buffer): BodyStats {
    const tape = this.#tape
    if (tape.scan(bytes, 0, bytes.length - 1)) throw new Error('a record was not written as JSON')
    return this.#rules.family.judge(tape, tape.member(tape.root, 'modelInput'), ({code, path, severity, text}) =>
      this.#tell(code, severity, path, text()),
    )
  }
}

function row(item: Row, column: string | undefined): string | undefined {
  return column === undefined ? undefined : item.get(column)
}
