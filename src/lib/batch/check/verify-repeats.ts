import type {ByteSource} from '../../jsonl/byte-source.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import {readLines} from '../../jsonl/lines.js'
import type {ProblemLine} from '../../jsonl/problem-groups.js'
import type {BlockMerger, BlockPlace} from './merge-blocks.js'
import {idRepeated} from './record-problems.js'

const FIRST_LINES = 5

/** Reads again the first lines whose id came before: ids are told, and two of one hash that are not one are let go. */
export async function verifyRepeats(source: ByteSource, merger: BlockMerger, maxLineBytes: number): Promise<void> {
  if (merger.repeats === 0) return
  const shown: ProblemLine[] = []
  let firstLine: number | undefined
  for (const repeat of merger.repeated) {
    const id = await idAt(repeat.line)
    if (id !== (await idAt(repeat.firstLine))) {
      merger.pardon(repeat.line)
      continue
    }
    firstLine ??= repeat.firstLine
    if (shown.length < FIRST_LINES) shown.push({line: repeat.line, recordId: id})
  }
  if (firstLine === undefined) return
  const {code, severity, path, text} = idRepeated(firstLine)
  merger.addGroup({code, severity, path, text, fixable: false, count: merger.repeats, lines: shown})

  async function idAt(number: number): Promise<string | undefined> {
    const place = placeOf(merger.places, number)
    const tape = new JsonTape()
    let found: string | undefined
    await readLines(source, {range: place, maxLineBytes}, (line) => {
      if (line.number + place.linesBefore !== number || tape.scan(line.bytes, line.start, line.end)) return
      const node = tape.member(tape.root, 'recordId')
      if (node >= 0) found = tape.text(node)
    })
    return found
  }
}

/** The part that a line is in. */
function placeOf(places: readonly BlockPlace[], line: number): BlockPlace {
  const after = places.findIndex(({linesBefore}) => linesBefore >= line)
  const place = places[(after < 0 ? places.length : after) - 1]
  if (!place) throw new Error(`no part of the input has line ${line}`)
  return place
}
