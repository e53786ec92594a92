/** Why a text is not JSON. */
export interface JsonFault {
  readonly code:
    | 'JSON_INCOMPLETE'
    | 'JSON_UNEXPECTED'
    | 'JSON_CONTROL_CHARACTER'
    | 'JSON_ESCAPE'
    | 'JSON_NUMBER'
    | 'JSON_TRAILING'
    | 'JSON_TOO_LARGE'
  /** Where in the buffer. */
  readonly offset: number
  /** What is there, in words that quote nothing of it. */
  readonly what: string
}

/** What parses, and yet is not the same to every parser. */
export interface JsonNote {
  readonly code: 'JSON_DUPLICATE_KEY' | 'JSON_LONE_SURROGATE' | 'JSON_NUL' | 'JSON_BIG_INTEGER' | 'JSON_DEEP'
  /** Where in the buffer. */
  readonly offset: number
}
