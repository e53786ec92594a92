import type {Reach} from './typed-line.js'
import type {BoardWish, Prompt} from './ui-state.js'

/** What a key with a name does to what is typed; Enter is not among them. */
export function promptWish(name: string, prompt: Prompt): BoardWish | undefined {
  return WISHES[isCompleting(name, prompt) ? 'tab' : name]
}

const WISHES: Readonly<Record<string, BoardWish>> = {
  tab: {type: 'completed'},
  'shift-tab': {type: 'chose', by: -1},
  upArrow: {type: 'chose', by: -1},
  'ctrl-p': {type: 'chose', by: -1},
  downArrow: {type: 'chose', by: 1},
  'ctrl-n': {type: 'chose', by: 1},
  ...keysFor((reach) => ({type: 'cursor-moved', reach}), {
    letter: [
      ['leftArrow', 'ctrl-b'],
      ['rightArrow', 'ctrl-f'],
    ],
    word: [
      ['word-leftArrow', 'alt-b'],
      ['word-rightArrow', 'alt-f'],
    ],
    line: [
      ['home', 'ctrl-a'],
      ['end', 'ctrl-e'],
    ],
  }),
  ...keysFor((reach) => ({type: 'erased', reach}), {
    letter: [['backspace'], ['delete', 'ctrl-d']],
    word: [
      ['ctrl-w', 'word-backspace'],
      ['alt-d', 'word-delete'],
    ],
    line: [['ctrl-u'], ['ctrl-k']],
  }),
}

type Keys = readonly string[]

/** The keys of readline, as shells have them: for each reach those to the left and those to the right. */
function keysFor(
  wish: (reach: Reach) => BoardWish,
  keys: Readonly<Record<Reach['what'], readonly [left: Keys, right: Keys]>>,
): Readonly<Record<string, BoardWish>> {
  const reaches = (['letter', 'word', 'line'] as const).flatMap((what) =>
    (['left', 'right'] as const).map((to, at) => ({what, to, names: keys[what][at] ?? []})),
  )
  return Object.fromEntries(reaches.flatMap(({names, to, what}) => names.map((name) => [name, wish({what, to})])))
}

/** At the end of a command the arrow to the right takes the completion, as in a shell that offers one. */
function isCompleting(name: string, prompt: Prompt): boolean {
  return name === 'rightArrow' && prompt.kind === 'command' && prompt.cursor === prompt.text.length
}
