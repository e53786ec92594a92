import type {ByteEdit} from '../../../jsonl/tape-edits.js'
import type {Row} from '../row.js'
import type {RowLook} from './look-of.js'

const MADE_OF: Partial<Readonly<Record<RowLook, readonly [string, string]>>> = {
  'prompt-completion': ['prompt', 'completion'],
  'input-output': ['input', 'output'],
}

/** What makes the row that is wanted of one of two texts; undefined where nothing can without changing what it says. */
export function converseOfPrompt(row: Row, look: RowLook): readonly ByteEdit[] | undefined {
  const {tape, rules} = row
  const names = MADE_OF[look]
  if (names === undefined) return undefined
  const [prompt, completion] = names.map((name) => tape.member(tape.root, name))
  if (prompt === undefined || completion === undefined || !(tape.isString(prompt) && tape.isString(completion))) {
    return undefined
  }
  if (rules.format === 'prompt-completion') return renamed(row, prompt, completion)
  if (rules.format !== 'converse' && rules.format !== 'prompts') return undefined
  const system = tape.member(tape.root, 'system')
  // What else the row holds would be lost.
  if (tape.size(tape.root) !== (system < 0 ? 2 : 3) || (system >= 0 && !tape.isString(system))) return undefined
  const turn = (role: string, node: number): string => `{"role":"${role}","content":[{"text":${row.rawOf(node)}}]}`
  const said = system < 0 ? '' : `"system":[{"text":${row.rawOf(system)}}],`
  const text = `{"schemaVersion":"bedrock-conversation-2024",${said}"messages":[${turn('user', prompt)},${turn('assistant', completion)}]}`
  return [{start: tape.start(tape.root), end: tape.end(tape.root), text}]
}

/** The keys alone change. */
function renamed({tape}: Row, prompt: number, completion: number): readonly ByteEdit[] {
  return [
    {start: tape.start(prompt - 1), end: tape.end(prompt - 1), text: '"prompt"'},
    {start: tape.start(completion - 1), end: tape.end(completion - 1), text: '"completion"'},
  ]
}
