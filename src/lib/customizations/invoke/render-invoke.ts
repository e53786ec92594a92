import {sanitise} from '../../core/text.js'
import type {WarmUpWait} from '../../jobs/warm-up/warm-up.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {CustomizationInvokeResult} from './customization-invoke.schema.js'

const COLUMNS: readonly Column<CustomizationInvokeResult>[] = [
  {key: 'target', title: 'TARGET', value: ({target}) => target.name, weight: 0},
  {key: 'answer', title: 'ANSWER', value: ({answer}) => answer, weight: 0},
  {key: 'input', title: 'INPUT', value: ({tokens}) => tokens.input, align: 'right'},
  {key: 'output', title: 'OUTPUT', value: ({tokens}) => tokens.output, align: 'right'},
  {key: 'seconds', title: 'SECONDS', value: ({answerSeconds}) => answerSeconds, align: 'right'},
]

export const customizationInvokeView: View<CustomizationInvokeResult, CustomizationInvokeResult> = {
  rows: (result) => [result],
  columns: () => COLUMNS,
  text: renderInvoke,
}

/** A line of a wait for a model that is being loaded. */
export function waitLine({nextInMs, said, waitedMs}: WarmUpWait): string {
  return `waiting  not ready after ${spanWord(waitedMs / 1000)}, asked again in ${Math.round(nextInMs / 1000)} s: ${sanitise(said)}`
}

function renderInvoke(result: CustomizationInvokeResult, terminal: Terminal): string {
  const {answer, answerSeconds, notes, output, stopReason, target, tokens, waitedSeconds} = result
  const count = (value: number | null) => (value === null ? '?' : value.toLocaleString('en-US'))
  const facts = [
    `${target.name}, ${target.kind === 'deployment' ? 'on demand' : 'model units'}, ${target.region}`,
    `${count(tokens.input)} input and ${count(tokens.output)} output tokens`,
    `${answerSeconds} s`,
    ...(waitedSeconds === null ? [] : [`ready after ${spanWord(waitedSeconds)}`]),
    ...(stopReason === null ? [] : [`ended by ${sanitise(stopReason)}`]),
  ]
  return [
    ...(answer ?? output ?? '').split('\n').flatMap((line) => wrapText(sanitise(line), terminal.width)),
    '',
    ...wrapText(facts.join('; '), terminal.width).map((line) => paint('faint', line, terminal)),
    ...notes.flatMap((note) => wrapText(note, terminal.width)),
  ].join('\n')
}
