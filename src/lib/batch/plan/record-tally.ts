import {type TextMeasure, TextSum} from '../../jsonl/text-measure.js'
import type {BodyStats} from '../bodies/family.js'
import {NumberList} from './number-list.js'

/** Records in a row, with nothing between them. */
interface Run {
  readonly firstRecord: number
  /** Where its first record lies in the input. */
  readonly offset: number
}

export interface TallyTotals {
  readonly records: number
  readonly bytes: number
  readonly text: TextMeasure
  readonly images: number
  /** Records with an image. */
  readonly withImages: number
  /** Records with media in S3. */
  readonly withS3Media: number
  /** Undefined where a record sets no limit. */
  readonly maxOutputTokens: number | undefined
}

/** The records that are to be sent, as they come by: their sizes and places, in 4 bytes each where nothing is left out. */
export class RecordTally {
  readonly sizes = new NumberList()
  readonly #runs: Run[] = []
  #next = -1
  #bytes = 0
  readonly #text = new TextSum()
  #images = 0
  #withImages = 0
  #withS3Media = 0
  #maxOutputTokens: number | undefined = 0

  /** A line with what ends it; lines come in the order of the input. */
  add(offset: number, length: number, stats: BodyStats): void {
    const {images, maxOutputTokens, s3Media} = stats
    if (offset !== this.#next) this.#runs.push({firstRecord: this.sizes.length, offset})
    this.#next = offset + length
    this.sizes.push(length)
    this.#bytes += length
    this.#text.add(stats)
    this.#images += images
    if (images > 0) this.#withImages += 1
    if (s3Media > 0) this.#withS3Media += 1
    const sum = this.#maxOutputTokens
    this.#maxOutputTokens =
      sum === undefined || maxOutputTokens === undefined
        ? undefined
        : Math.min(Number.MAX_SAFE_INTEGER, sum + maxOutputTokens)
  }

  totals(): TallyTotals {
    return {
      records: this.sizes.length,
      bytes: this.#bytes,
      text: {...this.#text},
      images: this.#images,
      withImages: this.#withImages,
      withS3Media: this.#withS3Media,
      maxOutputTokens: this.#maxOutputTokens,
    }
  }

  /** Byte ranges of the input that hold the records up to each end, neighbours merged. */
  segments(ends: readonly number[]): readonly (readonly [number, number])[][] {
    const runs = this.#runs
    let run = 0
    let record = 0
    let offset = runs[0]?.offset ?? 0
    return ends.map((end) => {
      const found: [number, number][] = []
      let start = offset
      while (record < end) {
        const next = runs[run + 1]
        if (next?.firstRecord === record) {
          if (offset > start) found.push([start, offset])
          run += 1
          start = next.offset
          offset = next.offset
        }
        offset += this.sizes.at(record)
        record += 1
      }
      if (offset > start) found.push([start, offset])
      return found
    })
  }
}
