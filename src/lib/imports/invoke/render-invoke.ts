import {sanitise} from '../../core/text.js'
import type {WarmUpWait} from '../../jobs/warm-up/warm-up.js'
import {formatPrice} from '../../output/money.js'
import {spanWord} from '../../output/span.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {labelled} from '../import-words.js'
import type {ImportsInvokeResult} from './imports-invoke.schema.js'

type Row = Pick<ImportsInvokeResult, 'answer' | 'coldStartSeconds' | 'answerSeconds' | 'tokens'> & {
  readonly name: string
}

const COLUMNS: readonly Column<Row>[] = [
  {key: 'name', title: 'MODEL', value: ({name}) => name, weight: 0},
  {key: 'answer', title: 'ANSWER', value: ({answer}) => answer, weight: 0},
  {key: 'seconds', title: 'SECONDS', value: ({answerSeconds}) => answerSeconds, align: 'right'},
  {key: 'cold-start', title: 'COLD START', value: ({coldStartSeconds}) => coldStartSeconds, align: 'right'},
  {key: 'input-tokens', title: 'INPUT TOKENS', value: ({tokens}) => tokens.input, align: 'right'},
  {key: 'output-tokens', title: 'OUTPUT TOKENS', value: ({tokens}) => tokens.output, align: 'right'},
]

export const importsInvokeView: View<ImportsInvokeResult, Row> = {
  rows: ({answer, answerSeconds, coldStartSeconds, model, tokens}) => [
    {name: model.name, answer, answerSeconds, coldStartSeconds, tokens},
  ],
  columns: () => COLUMNS,
  text: renderInvoke,
}

/** Told while a model is being loaded. */
export function waitLine({nextInMs, tries, waitedMs}: WarmUpWait): string {
  const asked = tries === 1 ? 'once' : `${tries} times`
  return `waiting   the model is being loaded: ${spanWord(waitedMs / 1000)} so far, asked ${asked}, again in ${Math.round(nextInMs / 1000)} s; nothing is billed until it answers`
}

function renderInvoke(result: ImportsInvokeResult, terminal: Terminal): string {
  const {answer, api, cost, format, model, notes, output, stopReason} = result
  const said = sanitise(answer ?? output ?? '')
  return [
    said,
    '',
    ...labelled(
      'model',
      [sanitise(model.name), model.architecture ?? '', model.region].filter(Boolean).join('   '),
      terminal,
    ),
    ...labelled('asked', `${api}${format === 'converse' ? '' : `, ${format.replace('-', ' ')}`}`, terminal),
    ...labelled('took', timeWords(result), terminal),
    ...labelled('tokens', tokenWords(result), terminal),
    ...(stopReason === null ? [] : labelled('stopped', sanitise(stopReason), terminal)),
    ...(cost === null || cost.perWindow === null
      ? labelled('cost', 'not known: its Custom Model Units have no price, or are not told', terminal)
      : labelled(
          'cost',
          `${formatPrice(cost.perWindow, cost.currency)} for the 5 minutes that this began, unless they had begun before; ${cost.unitsPerCopy} units a copy, nothing while idle`,
          terminal,
        )),
    ...notes.flatMap((note) => labelled('note', note, terminal, 'warn')),
  ].join('\n')
}

function timeWords({answerSeconds, coldStartSeconds, tries}: ImportsInvokeResult): string {
  const cold = coldStartSeconds === null ? 'ready at once' : `cold start ${coldStartSeconds} s, asked ${tries} times`
  return `${answerSeconds} s; ${cold}`
}

function tokenWords({tokens: {input, output}}: ImportsInvokeResult): string {
  return input === null && output === null
    ? 'not counted by the model'
    : `${input ?? '?'} input, ${output ?? '?'} output`
}
