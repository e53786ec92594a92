/** A committed file that is made, not written. */
export interface Artefact {
  /** Relative to the root of the package, with forward slashes. */
  readonly path: string
  readonly text: string
}
