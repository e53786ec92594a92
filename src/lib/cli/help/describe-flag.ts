import type {HelpArg, HelpFlag} from './help-command.js'

/** Required flags first; the rest in the order in which the command declares them. */
export function inOrderOfNeed<Flag extends HelpFlag>(flags: readonly Flag[]): Flag[] {
  return flags.toSorted((a, b) => Number(b.required === true) - Number(a.required === true))
}

/** `-o, --output=table|json` and what it does. */
export function describeFlag(flag: HelpFlag): readonly [string, string] {
  const name = flag.type === 'boolean' && flag.allowNo === true ? `--[no-]${flag.name}` : `--${flag.name}`
  const short = flag.char === undefined ? '' : `-${flag.char}, `
  const notes = [
    ...(flag.required === true ? ['required'] : []),
    ...(flag.multiple === true ? ['repeatable'] : []),
    ...(typeof flag.default === 'string' || typeof flag.default === 'number' ? [`default ${flag.default}`] : []),
  ]
  const text = flag.summary ?? flag.description ?? ''
  const fresh = notes.filter((note) => !text.includes(note))
  return [`${short}${name}${placeholder(flag)}`, fresh.length === 0 ? text : `${text} (${fresh.join(', ')})`]
}

/** `MODEL` and what it is. */
export function describeArg(arg: HelpArg): readonly [string, string] {
  const options = arg.options === undefined ? '' : ` (${arg.options.join(', ')})`
  return [arg.name.toUpperCase(), `${arg.description ?? ''}${options}`]
}

function placeholder(flag: HelpFlag): string {
  if (flag.type === 'boolean') return ''
  const value = typeof flag.helpValue === 'string' ? flag.helpValue : flag.helpValue?.join(' ')
  if (value !== undefined) return value.startsWith('[') ? value : ` ${value}`
  if (flag.options) return ` ${flag.options.join('|')}`
  return ` ${(flag.name.split('-').at(-1) ?? flag.name).toUpperCase()}`
}
