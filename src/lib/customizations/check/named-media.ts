import type {Medium} from '../datasets/dataset-rules.js'
import type {Row} from '../datasets/row.js'
import type {FileRole} from './read-file.js'

export interface MediumPlace {
  readonly uri: string
  readonly kind: Medium
  readonly role: FileRole
  /** The first that names it. */
  readonly line: number
}

/** So many different media are kept in mind. */
const MOST = 200_000

/** The media that rows name, each once. */
export class NamedMedia {
  /** Named beyond those that are kept. */
  beyond = 0
  readonly #places = new Map<string, MediumPlace>()

  add(role: FileRole, {media, number}: Row): void {
    for (const {kind, uri} of media) {
      if (this.#places.has(uri)) continue
      if (this.#places.size >= MOST) this.beyond += 1
      else this.#places.set(uri, {uri, kind, role, line: number})
    }
  }

  get places(): readonly MediumPlace[] {
    return [...this.#places.values()]
  }
}
