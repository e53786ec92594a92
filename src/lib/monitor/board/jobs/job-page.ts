import {barSpans} from '../../progress-spans.js'
import {showElapsed} from '../../quantities.js'
import {type Span, type SpanLine, toned} from '../../span.js'
import {toWidth} from '../../text-width.js'
import {LABEL_COLUMNS, labelled, labelledEach, labelledSpans, labelSpan, sections} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardPage, Room} from '../view.js'
import {type BoardJob, findJob} from './board-jobs.js'
import {metricLines} from './job-chart-words.js'
import {costWord, countWord, etaWord, modelWord, paceWord, progressWords, shareOf} from './job-words.js'
import type {JobPart, JobRow} from './jobs.schema.js'

/** Progress, why it failed, shards or phases, losses, and what to go on with. */
export function jobPage(state: BoardFacts, key: string, room: Room): BoardPage | undefined {
  const job = findJob(state, key)
  if (job === undefined) return undefined
  const {region, row} = job
  return {
    title: `${row.kind} ${row.name}  ${modelWord(row.model)}  ${region}`,
    lines: sections(
      headOf(job, state.nowMs, room),
      troubleOf(row, room),
      partLines(row, state.nowMs, room),
      metricLines(row, room).map((text): SpanLine => [{text}]),
      labelledEach('next', row.next, room, 'id'),
    ),
  }
}

function headOf(job: BoardJob, nowMs: number, room: Room): readonly SpanLine[] {
  const {row} = job
  const {at, createdAtMs, endedAtMs, live, state, tone} = row
  const text = progressWords(row)
  const age =
    createdAtMs === null
      ? undefined
      : live
        ? `for ${showElapsed(nowMs - createdAtMs)}`
        : `made ${showElapsed(nowMs - createdAtMs)} ago`
  const ended = endedAtMs === null || live ? undefined : `ended ${showElapsed(nowMs - endedAtMs)} ago`
  const left = live ? etaWord(job, nowMs, room) : '-'
  const facts = [paceWord(row, room), left === '-' ? undefined : `${left} left`]
  const told = facts.filter((fact) => fact !== undefined)
  const cost = [costWord(row, room), row.cost?.how].filter((text) => text !== undefined)
  return [
    ...labelledSpans('state', [toned(state, tone ?? undefined), ...rest([at ?? undefined, age, ended], room)], room),
    ...(text === undefined
      ? []
      : labelledSpans('progress', barSpans({share: shareOf(row), text}, room.columns - LABEL_COLUMNS, room), room)),
    ...labelled('pace', told.join(', '), room),
    ...labelled('cost', cost.join(', from '), room),
  ]
}

function rest(words: readonly (string | undefined)[], {unicode}: Room): readonly Span[] {
  return words.flatMap((text) => (text === undefined ? [] : [{text: `${unicode ? ' · ' : ', '}${text}`}]))
}

function troubleOf({message, remedy, tone}: JobRow, room: Room): readonly SpanLine[] {
  return [
    ...labelled(tone === 'bad' ? 'failed' : 'told', message, room, tone ?? undefined),
    ...labelled('to do', remedy, room),
  ]
}

function partLines(row: JobRow, nowMs: number, room: Room): readonly SpanLine[] {
  if (row.parts.length === 0) return []
  const isGroup = row.kind === 'group'
  const longest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, text.length), 0)
  const widths = {
    name: Math.min(40, longest(row.parts.map(({name}) => name))),
    state: Math.min(24, longest(row.parts.map(({state}) => state))),
    counts: longest(row.parts.map(countsOf)),
  }
  const more = row.partsLeftOut > 0 ? `and ${row.partsLeftOut} more shards` : ''
  return [
    ...row.parts.map((part, index) => [
      labelSpan(index === 0 ? (isGroup ? 'shards' : 'phases') : ''),
      ...partSpans(part, widths, {nowMs, isGroup, room}),
    ]),
    ...labelled('', more, room, 'faint'),
  ]
}

interface PartFrame {
  readonly nowMs: number
  readonly isGroup: boolean
  readonly room: Room
}

function partSpans(
  part: JobPart,
  widths: {readonly name: number; readonly state: number; readonly counts: number},
  {isGroup, nowMs, room}: PartFrame,
): readonly Span[] {
  const {endedAtMs, name, startedAtMs, state, tone} = part
  const head: readonly Span[] = [
    {text: `${toWidth(name, widths.name)}  `, tone: 'id'},
    toned(`${toWidth(state, widths.state)}  `, tone ?? undefined),
  ]
  const took = startedAtMs === null ? '' : showElapsed((endedAtMs ?? nowMs) - startedAtMs)
  if (!isGroup) {
    const from = startedAtMs === null ? '' : `  from ${new Date(startedAtMs).toISOString().slice(11, 16)} UTC`
    return [...head, {text: toWidth(took, TOOK, {align: 'right'})}, {text: from, tone: 'faint'}]
  }
  const text = toWidth(countsOf(part), widths.counts)
  const left = room.columns - LABEL_COLUMNS - widths.name - widths.state - 4
  return [...head, ...barSpans({share: shareOf(part), text}, Math.min(left, MOST_BAR + widths.counts), room)]
}

function countsOf({done, failed, total}: JobPart): string {
  const trouble = failed ? `, ${countWord(failed, 'records')} failed` : ''
  return `${countWord(done, 'records')} of ${countWord(total, 'records')}${trouble}`
}

const TOOK = 8
const MOST_BAR = 30
