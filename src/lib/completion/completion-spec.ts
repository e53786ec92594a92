/** What a script offers for a value: fixed words, a shared list, or files. */
export type ValueSource =
  | {readonly kind: 'words'; readonly words: readonly string[]}
  | {readonly kind: 'regions' | 'models' | 'files'}

export interface CompletionFlag {
  readonly name: string
  readonly char: string | undefined
  readonly description: string
  /** `undefined` for a flag that takes no value, or only one after `=`. */
  readonly value: ValueSource | undefined
}

/** A command, or a topic that only leads to commands. */
export interface CompletionNode {
  /** `models list`; empty for the root. */
  readonly path: string
  readonly summary: string
  readonly next: readonly {readonly word: string; readonly summary: string}[]
  readonly flags: readonly CompletionFlag[]
  readonly argument: ValueSource | undefined
}

export interface CompletionSpec {
  readonly bin: string
  readonly nodes: readonly CompletionNode[]
  readonly regions: readonly string[]
  /** Model and profile ids. */
  readonly models: readonly string[]
}

/** The part of a command that completion reads; oclif's manifest entry has this shape. */
export interface CompletableCommand {
  readonly id: string
  readonly summary?: string | undefined
  readonly hidden?: boolean | undefined
  readonly flags: Readonly<Record<string, CompletableFlag>>
  readonly args: Readonly<Record<string, CompletableArg>>
}

interface CompletableFlag {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly hidden?: boolean | undefined
  readonly allowNo?: boolean | undefined
  /** `[=…]` for a value that is optional. */
  readonly helpValue?: string | readonly string[] | undefined
  readonly options?: readonly string[] | undefined
}

interface CompletableArg {
  readonly name: string
  readonly options?: readonly string[] | undefined
}

export interface CompletionFacts {
  readonly bin: string
  readonly commands: readonly CompletableCommand[]
  readonly topicSummary: (topic: string) => string | undefined
  readonly regions: readonly string[]
  readonly models: readonly string[]
}

const REGION_FLAGS = new Set(['region', 'from', 'source', 'destination'])
const MODEL_FLAGS = new Set(['model', 'same-as'])
const MODEL_ARGS = new Set(['model', 'models', 'profile', 'model-or-profile'])

/** The tree of words that the scripts complete, root first, sorted by path; hidden commands and flags are left out. */
export function describeCompletion(facts: CompletionFacts): CompletionSpec {
  const commands = new Map(
    facts.commands.filter(({hidden}) => hidden !== true).map((command) => [command.id.replaceAll(':', ' '), command]),
  )
  const paths = new Set(['', ...[...commands.keys()].flatMap(prefixes)])
  const summaryOf = (path: string) => commands.get(path)?.summary ?? facts.topicSummary(path) ?? ''
  const nodes = [...paths].sort().map((path) => {
    const command = commands.get(path)
    return {
      path,
      summary: summaryOf(path),
      next: [...paths]
        .filter((other) => other !== '' && parentOf(other) === path)
        .sort()
        .map((other) => ({word: other.split(' ').at(-1) ?? other, summary: summaryOf(other)})),
      flags: Object.entries(command?.flags ?? {}).flatMap(([name, flag]) => describeFlag(name, flag)),
      argument: argumentOf(Object.values(command?.args ?? {})),
    }
  })
  return {bin: facts.bin, nodes, regions: facts.regions.filter(isWord), models: facts.models.filter(isWord)}
}

/** Anything else would be read by a shell. */
function isWord(text: string): boolean {
  return /^[\w.:/@-]+$/.test(text)
}

function prefixes(path: string): string[] {
  const words = path.split(' ')
  return words.map((_, index) => words.slice(0, index + 1).join(' '))
}

function parentOf(path: string): string {
  return path.split(' ').slice(0, -1).join(' ')
}

function describeFlag(name: string, flag: CompletableFlag): CompletionFlag[] {
  if (flag.hidden === true) return []
  const description = flag.summary ?? flag.description ?? ''
  const value = flagValue(name, flag)
  const positive = {name, char: flag.char, description, value}
  // A flag that is on anyway is only worth completing in its negative form.
  if (flag.type === 'boolean' && flag.allowNo === true) {
    return [positive, {name: `no-${name}`, char: undefined, description: `not: ${description}`, value: undefined}]
  }
  return [positive]
}

function flagValue(name: string, flag: CompletableFlag): ValueSource | undefined {
  const optional = typeof flag.helpValue === 'string' && flag.helpValue.startsWith('[')
  if (flag.type === 'boolean' || optional) return undefined
  if (flag.options) return {kind: 'words', words: flag.options}
  if (REGION_FLAGS.has(name)) return {kind: 'regions'}
  return {kind: MODEL_FLAGS.has(name) ? 'models' : 'files'}
}

function argumentOf([first]: readonly CompletableArg[]): ValueSource | undefined {
  if (first === undefined) return undefined
  if (first.options) return {kind: 'words', words: first.options}
  return {kind: MODEL_ARGS.has(first.name.toLowerCase()) ? 'models' : 'files'}
}
