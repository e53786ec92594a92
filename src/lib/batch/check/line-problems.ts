import {sizeWords} from '../../core/text.js'
import type {JsonFault, JsonNote} from '../../jsonl/json-fault.js'
import type {Line} from '../../jsonl/line-cutter.js'
import type {LineProblem} from '../../jsonl/problem-groups.js'

/** A problem of the line at hand. */
export type Told = Omit<LineProblem, 'line'>

export const MARK: Told = {
  code: 'BYTE_ORDER_MARK',
  severity: 'error',
  text: 'The file starts with a byte order mark, which is no JSON: take it off.',
  fixable: true,
}

export const CRLF: Told = {
  code: 'LINE_ENDS_CRLF',
  severity: 'warning',
  text: 'Lines end with CR LF, as Windows writes them: end them with LF alone.',
  fixable: true,
}

export const NO_FINAL_NEWLINE: Told = {
  code: 'FINAL_NEWLINE_MISSING',
  severity: 'warning',
  text: 'The last line does not end with a line feed: end it with one.',
  fixable: true,
}

export const BLANK: Told = {
  code: 'LINE_BLANK',
  severity: 'error',
  text: 'A blank line is no record: take it out.',
  fixable: true,
}

export const NOT_UTF8: Told = {
  code: 'NOT_UTF8',
  severity: 'error',
  text: 'The line is not UTF-8: write the file anew in that encoding.',
}

export const NUL_BYTE: Told = {
  code: 'NUL_BYTE',
  severity: 'error',
  text: 'The line holds bytes that are zero, as a write that was cut off leaves them: write the record anew.',
}

export function tooLong(length: number, most: number): Told {
  return {
    code: 'LINE_TOO_LONG',
    severity: 'error',
    text: `The line has ${sizeWords(length)} and was not read: a record above ${sizeWords(most)} fits no request.`,
  }
}

export function faulty({code, offset, what}: JsonFault, line: Line): Told {
  return {
    code,
    severity: 'error',
    text: `This is no JSON: ${what} (first at byte ${offset - line.start + 1} of its line).`,
  }
}

const NOTES: Readonly<Record<JsonNote['code'], string>> = {
  JSON_DUPLICATE_KEY: 'A key stands twice in an object: which value counts depends on who reads it. Keep one.',
  JSON_LONE_SURROGATE: 'Half of a surrogate pair is escaped (\\ud800 to \\udfff): it becomes a replacement character.',
  JSON_NUL: 'The text holds \\u0000: some readers end there. Take it out.',
  JSON_BIG_INTEGER: 'An integer is beyond 2^53: readers that use doubles round it. It is passed on as it is.',
  JSON_DEEP: 'Values are nested deeper than 64 levels: some readers refuse that.',
}

export function noted(code: JsonNote['code']): Told {
  return {code, severity: 'warning', text: NOTES[code]}
}
