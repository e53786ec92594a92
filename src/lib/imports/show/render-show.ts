import {sanitise} from '../../core/text.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {costLines, labelled, nextLines, stateWord, whenWord} from '../import-words.js'
import type {ImportRow} from '../imports.schema.js'
import type {ImportsShowResult} from './imports-show.schema.js'

const COLUMNS: readonly Column<ImportRow>[] = [
  {key: 'name', title: 'MODEL', value: ({name}) => name, weight: 0},
  {key: 'state', title: 'STATE', value: ({state}) => state, weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region},
  {key: 'architecture', title: 'ARCHITECTURE', value: ({architecture}) => architecture},
  {key: 'converse', title: 'CONVERSE', value: ({converse}) => converse},
  {key: 'model-arn', title: 'MODEL ARN', value: ({modelArn}) => modelArn, weight: 9},
]

export const importsShowView: View<ImportsShowResult, ImportRow> = {
  rows: (result) => [result.import],
  columns: () => COLUMNS,
  text: renderShow,
}

function renderShow(result: ImportsShowResult, terminal: Terminal): string {
  const {cost, failure, next} = result
  const {architecture, name, region, state} = result.import
  const head = [
    paint('strong', sanitise(name), terminal),
    stateWord(state, terminal),
    ...(architecture === null ? [] : [sanitise(architecture)]),
    region,
  ]
  return [
    ...wrapText(head.join('   '), terminal.width),
    '',
    ...factsOf(result, terminal).flatMap(([label, text]) =>
      text === null ? [] : labelled(label, sanitise(text), terminal),
    ),
    ...(cost === null
      ? []
      : costLines(cost).flatMap((line, index) => labelled(index === 0 ? 'cost' : '', line, terminal))),
    ...(failure === null ? [] : ['', ...labelled('failed', sanitise(failure.message), terminal, 'bad')]),
    ...(failure?.remedy ? labelled('to do', failure.remedy, terminal) : []),
    ...(next.length === 0 ? [] : ['', ...nextLines(next, terminal)]),
  ].join('\n')
}

function factsOf(result: ImportsShowResult, terminal: Terminal): readonly (readonly [string, string | null])[] {
  const {kmsKeyArn, roleArn, s3Uri, unitsPerCopy, unitsVersion} = result
  const {converse, endedAt, jobArn, jobName, modelArn} = result.import
  return [
    ['model', modelArn],
    ['Converse', converse === null ? null : converse ? 'yes' : 'no: it answers InvokeModel'],
    [
      'units',
      unitsPerCopy === null ? null : `${unitsPerCopy} for each copy, ${unitsVersion ?? 'of an unknown version'}`,
    ],
    ['began', beganWord(result.import, terminal)],
    ['ended', endedAt === null ? null : whenWord(endedAt, terminal)],
    ['job', [jobName, jobArn].filter((part) => part !== null).join(', ') || null],
    ['files', s3Uri],
    ['role', roleArn],
    ['key', kmsKeyArn],
  ]
}

function beganWord({createdAt, endedAt, seconds}: ImportRow, terminal: Terminal): string {
  const took = seconds === null ? '' : `, ${endedAt === null ? 'for' : 'took'} ${spanWord(seconds)}`
  return `${whenWord(createdAt, terminal)}${took}`
}
