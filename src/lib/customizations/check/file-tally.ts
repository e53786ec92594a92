import {TextSum} from '../../jsonl/text-measure.js'
import type {Row} from '../datasets/row.js'

/** Rows whose tokens lie from `least` up to, but not including, `beyond`. */
export interface TokenBucket {
  readonly least: number
  readonly beyond: number
  readonly rows: number
}

const BUCKETS = 32

/** What the rows of one file come to. */
export class FileTally {
  lines = 0
  /** Lines that are not blank. */
  rows = 0
  wrongRows = 0
  longestTokens = 0
  longestLine = 0
  images = 0
  videos = 0
  documents = 0
  /** First lines with images and with videos. */
  firstImage = 0
  firstVideo = 0
  readonly input = new TextSum()
  readonly output = new TextSum()
  readonly #buckets = new Float64Array(BUCKETS)

  addBlank(): void {
    this.lines += 1
  }

  add(row: Row, tokens: number): void {
    this.lines += 1
    this.rows += 1
    if (row.isWrong) this.wrongRows += 1
    this.input.add(row.input)
    this.output.add(row.output)
    if (row.images > 0 && this.firstImage === 0) this.firstImage = row.number
    if (row.videos > 0 && this.firstVideo === 0) this.firstVideo = row.number
    this.images += row.images
    this.videos += row.videos
    this.documents += row.documents
    // Of what is no row of the format, nothing was counted.
    if (!row.hasHash) return
    const bucket = Math.min(BUCKETS - 1, Math.floor(Math.log2(Math.max(1, tokens))))
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    if (tokens <= this.longestTokens) return
    this.longestTokens = tokens
    this.longestLine = row.number
  }

  /** By powers of two, from the first to the last that has rows. */
  histogram(): readonly TokenBucket[] {
    const all = Array.from(this.#buckets, (rows, power) => ({
      least: power === 0 ? 0 : 2 ** power,
      beyond: 2 ** (power + 1),
      rows,
    }))
    const first = all.findIndex(({rows}) => rows > 0)
    return first < 0 ? [] : all.slice(first, all.findLastIndex(({rows}) => rows > 0) + 1)
  }
}
