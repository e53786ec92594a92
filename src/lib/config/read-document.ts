import type {z} from 'zod'
import {type BedrockctlError, usageError} from '../core/errors.js'
import {firstLines} from '../core/text.js'
import {type FileKind, nameOf, readText} from './read-text.js'
import {type MemberProblem, schemaProblems} from './schema-problems.js'

/** A kind of file, and what may stand in it. */
export interface DocumentKind<S extends z.ZodType> extends FileKind {
  readonly schema: S
  /** The next step when its content is refused. */
  readonly hint: string
  /** Taken for a document in which nothing stands; without it the schema judges that too. */
  readonly whenEmpty?: z.output<S> | undefined
  /** Told beside what the schema refuses: what else is wrong with the content as it came. */
  readonly alsoWrong?: ((content: unknown) => readonly MemberProblem[]) | undefined
  /** What is wrong with content that the schema takes. */
  readonly wrongIn?: ((value: z.output<S>) => readonly MemberProblem[]) | undefined
}

export interface ReadDocument<S extends z.ZodType> {
  readonly value: z.output<S>
  /** The line of a member; where it is absent, that of the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number
}

/** As many problems are told; the rest is a number. */
const TOLD = 12
const LONGEST_LINE = 300

/**
 * Reads a YAML or JSON file, or standard input (`-`), and holds it against a schema. What is wrong is told all at once,
 * by line.
 */
export async function readDocument<S extends z.ZodType>(
  file: string,
  kind: DocumentKind<S>,
  stdin?: AsyncIterable<Uint8Array | string>,
): Promise<ReadDocument<S>> {
  const text = await readText(file, kind, stdin)
  if (typeof text !== 'string') throw invalid(file, kind, [text.refused])
  const {parseTree} = await import('./yaml-tree.js')
  const {value, empty, problems, lineOf} = parseTree(text)
  const refusal = (members: readonly MemberProblem[]): BedrockctlError => {
    const told = members.map(({path, said}) => ({
      line: lineOf(path),
      said: `${path.join('.') || 'the document'}: ${said}`,
    }))
    const once = [...new Map(told.map((one) => [`${one.line} ${one.said}`, one])).values()]
    const byLine = [...problems, ...once].toSorted((a, b) => a.line - b.line)
    return invalid(
      file,
      kind,
      byLine.map(({line, said}) => `line ${line}: ${said}`),
    )
  }
  if (value === undefined) throw refusal([])
  if (empty && kind.whenEmpty !== undefined) return {value: kind.whenEmpty, lineOf}
  const parsed = kind.schema.safeParse(value)
  if (parsed.error !== undefined) {
    const refused = schemaProblems(kind.schema, value, parsed.error.issues)
    throw refusal([...refused, ...(kind.alsoWrong?.(value) ?? [])])
  }
  const wrong = kind.wrongIn?.(parsed.data) ?? []
  if (problems.length > 0 || wrong.length > 0) throw refusal(wrong)
  return {value: parsed.data, lineOf}
}

function invalid(
  file: string,
  {code, what, hint}: FileKind & {hint: string},
  lines: readonly string[],
): BedrockctlError {
  const told = lines.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
  return usageError(`${code}_INVALID`, `${nameOf(file)} does not say what ${what} may say.`, {
    why: firstLines(told, TOLD),
    hint,
  })
}
