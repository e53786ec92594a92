import {typedLine} from '../board/ui/typed-line.js'
import type {SandboxState} from '../sandbox/state.js'
import type {Look, Span} from '../span.js'
import {hintSpans, typedSpans} from './lay-spans.js'

/** The title of the list: how much of what was seen it shows, and why not all. */
export function listTitle(state: SandboxState, listed: number): readonly Span[] {
  const kept = (state.frozen?.requests ?? state.requests).length
  const counted = listed === kept ? `  last ${kept}` : `  ${listed} of the last ${kept}`
  return [{text: 'Requests', tone: 'strong'}, {text: counted, tone: 'faint'}, ...modesOf(state)]
}

/** The last line: the filter while it is typed, else what is in force, where that stands in no title, else the keys. */
export function sandboxFooter(
  state: SandboxState,
  {listed, look, spacious}: {readonly listed: number; readonly look: Look; readonly spacious: boolean},
): readonly Span[] {
  if (state.filterBefore !== undefined) {
    return [
      {text: '/', tone: 'strong'},
      ...typedSpans(typedLine(state.filter), state.size.columns - 1, look),
      {text: `  ${listed} match  `},
      ...hintSpans([
        ['Enter', 'keep'],
        ['Esc', 'drop'],
        ['!word', 'all but'],
      ]),
    ]
  }
  const modes = spacious ? [] : modesOf(state)
  if (modes.length > 0) return [{text: 'Esc all', tone: 'faint'}, ...modes]
  return hintSpans([
    [look.unicode ? '↑↓' : 'j k', 'look'],
    ['/', 'filter'],
    ['e', 'errors'],
    ['space', state.frozen ? 'go on' : 'pause'],
    ...(state.size.columns < 66 ? [] : [['c', 'clear'] as const]),
    ['?', 'help'],
    ['q', 'quit'],
  ])
}

function modesOf({frozen, filter, errorsOnly, seen}: SandboxState): readonly Span[] {
  const words = [
    ...(errorsOnly ? ['errors only'] : []),
    ...(filter === '' ? [] : [`filter ${filter}`]),
    ...(frozen ? [`paused, ${seen - frozen.seen} more came`] : []),
  ]
  return words.map((word) => ({text: `  ${word}`, tone: 'warn'}))
}
