import {Composer, type Document, Lexer, type LineCounter, Parser} from 'yaml'

/** Levels of lists and maps that a file may have. */
export const DEEPEST = 64
/** Of the parser: the document, each level, and what is being read within the innermost. */
const DEEPEST_STACK = DEEPEST + 8
/** Signs that may not stand where they do: whoever reads of so many knows. */
const MOST_WRONG = 1000
/** What never stands beside its like. */
const UNPAIRED: ReadonlySet<string> = new Set([',', '&', '!', '*', '"', "'"])

export interface Documents {
  /** Two at most. */
  readonly documents: readonly Document.Parsed[]
  /** The line that nests too deeply, from which on nothing was read. */
  readonly tooDeep: number | undefined
}

/**
 * What stands in a text, as far as it is worth reading. The composer takes minutes for two megabytes of one wrong sign,
 * and for brackets without bottom so much of the stack that the process may end: the lexer tells both before it runs.
 */
export function composeDocuments(text: string, lines: LineCounter): Documents {
  const composer = new Composer({prettyErrors: false, uniqueKeys: false, logLevel: 'error', merge: true})
  const parser = new Parser(lines.addNewLine)
  const documents: Document.Parsed[] = []
  const isStray = createStrays()
  let wrong = 0
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    const tokens = [...parser.next(lexeme)]
    documents.push(...tokens.flatMap((token) => [...composer.next(token)]))
    wrong += tokens.filter(({type}) => type === 'error').length + (isStray(lexeme) ? 1 : 0)
    if (parser.stack.length > DEEPEST_STACK) return {documents, tooDeep: lines.linePos(parser.offset).line}
    if (documents.length > 1 || wrong > MOST_WRONG) break
  }
  const rest = [...parser.end()].flatMap((token) => [...composer.next(token)])
  documents.push(...rest, ...composer.end(true, text.length))
  return {documents: documents.slice(0, 2), tooDeep: undefined}
}

/** Tells of one lexeme after the other whether it stands beside its like. */
function createStrays(): (lexeme: string) => boolean {
  let before = ''
  return (lexeme) => {
    const [sign = ''] = lexeme.trimStart()
    if (sign === '') return false
    const isStray = sign === before && UNPAIRED.has(sign)
    before = sign
    return isStray
  }
}
