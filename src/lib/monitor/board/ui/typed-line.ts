/** A line as it is typed, and where the next letter goes: so many UTF-16 units from its beginning, never within a letter. */
export interface TypedLine {
  readonly text: string
  readonly cursor: number
}

/** How far, and to which side of the cursor. A word ends at a blank, as that of Ctrl-W does. */
export interface Reach {
  readonly what: 'letter' | 'word' | 'line'
  readonly to: 'left' | 'right'
}

/** A line with the cursor behind it. */
export function typedLine(text: string): TypedLine {
  return {text, cursor: text.length}
}

/** The line with a text at the cursor, as far as there is room for it. */
export function insertText({cursor, text}: TypedLine, typed: string, most: number): TypedLine {
  const before = text.slice(0, cursor) + typed.slice(0, Math.max(0, most - text.length))
  return {text: before + text.slice(cursor), cursor: before.length}
}

/** The line without what is between the cursor and there. */
export function eraseTo(line: TypedLine, reach: Reach): TypedLine {
  const end = endOf(line, reach)
  const from = Math.min(line.cursor, end)
  return {text: line.text.slice(0, from) + line.text.slice(Math.max(line.cursor, end)), cursor: from}
}

/** The line with the cursor there. */
export function moveCursor(line: TypedLine, reach: Reach): TypedLine {
  return {...line, cursor: endOf(line, reach)}
}

const segmenter = new Intl.Segmenter()

function endOf({cursor, text}: TypedLine, {to, what}: Reach): number {
  const before = text.slice(0, cursor)
  const after = text.slice(cursor)
  const isLeft = to === 'left'
  switch (what) {
    case 'line':
      return isLeft ? 0 : text.length
    case 'word':
      return isLeft ? before.search(/\S*\s*$/) : cursor + (/^\s*\S*/.exec(after)?.[0].length ?? 0)
    case 'letter': {
      const letters = [...segmenter.segment(isLeft ? before : after)].map(({segment}) => segment)
      return isLeft ? cursor - (letters.at(-1)?.length ?? 0) : cursor + (letters[0]?.length ?? 0)
    }
  }
}
