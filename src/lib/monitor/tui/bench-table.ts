import type {LiveRow} from '../bench/live-rows.js'
import {showNumber} from '../bench/live-words.js'
import {showCount, sparkline} from '../quantities.js'
import type {Look, Span, Tone} from '../span.js'
import {toWidth, widthOf} from '../text-width.js'

interface LiveColumn {
  readonly title: string
  readonly width: number
  readonly text: (row: LiveRow) => string
  readonly tone?: (row: LiveRow) => Tone | undefined
  /** The highest go first where there is no room. */
  readonly weight: number
}

const GAP = 2
const WIDEST_NAME = 24
const WIDEST_LABEL = 22
const PACE = 20

const STATE_WORDS = {waiting: 'waiting', running: 'running', done: 'done', stopped: 'stopped'} as const
const STATE_TONES: Readonly<Record<LiveRow['state'], Tone | undefined>> = {
  waiting: 'faint',
  running: 'good',
  done: undefined,
  stopped: 'warn',
}

/** The heading and a line a target, in the columns that fit. */
export function benchTable(
  rows: readonly LiveRow[],
  columns: number,
  look: Look,
): {readonly head: readonly Span[]; readonly lines: readonly (readonly Span[])[]} {
  const shown = fitted(columnsFor(rows, look), columns)
  const cell = ({width}: LiveColumn, text: string, at: number) =>
    `${at === 0 ? '' : ' '.repeat(GAP)}${toWidth(text, width, {align: at < 2 ? 'left' : 'right'})}`
  return {
    head: shown.map((column, at) => ({text: cell(column, column.title, at), tone: 'strong'})),
    lines: rows.map((row) =>
      shown.map((column, at) => {
        const tone = column.tone?.(row)
        return {text: cell(column, column.text(row), at), ...(tone && {tone})}
      }),
    ),
  }
}

function columnsFor(rows: readonly LiveRow[], {unicode}: Look): readonly LiveColumn[] {
  const widest = (least: number, most: number, of: (row: LiveRow) => string) =>
    Math.min(most, Math.max(least, ...rows.map((row) => widthOf(of(row)))))
  const number = (
    title: string,
    width: number,
    weight: number,
    of: (row: LiveRow) => number | undefined,
  ): LiveColumn => ({
    title,
    width,
    weight,
    text: (row) => showNumber(of(row)),
  })
  return [
    {
      title: 'TARGET',
      width: widest(6, WIDEST_NAME, ({target}) => target),
      weight: 0,
      text: ({target}) => target,
      tone: () => 'id',
    },
    {title: 'LEVEL', width: widest(5, WIDEST_LABEL, ({label}) => label), weight: 2, text: ({label}) => label},
    {title: '', width: 7, weight: 3, text: ({state}) => STATE_WORDS[state], tone: ({state}) => STATE_TONES[state]},
    {title: 'CELLS', width: 7, weight: 6, text: ({cells, cellsDone}) => `${cellsDone} of ${cells}`},
    number('REQ/S', 6, 0, ({rate}) => rate),
    {
      title: 'FLIGHT',
      width: 6,
      weight: 4,
      text: ({inFlight, state}) => (state === 'running' && inFlight !== undefined ? showCount(inFlight) : '-'),
    },
    number('TTFT p50', 8, 0, ({ttftP50}) => ttftP50),
    number('p99', 6, 1, ({ttftP99}) => ttftP99),
    number('TPOT p50', 8, 1, ({tpotP50}) => tpotP50),
    number('p99', 6, 5, ({tpotP99}) => tpotP99),
    {
      title: 'FAILED',
      width: 6,
      weight: 0,
      text: ({failed}) => showCount(failed),
      tone: ({failed}) => (failed > 0 ? 'bad' : undefined),
    },
    number('TOK/S', 6, 0, ({tokensPerSecond}) => tokensPerSecond),
    ...(unicode
      ? [{title: 'TOKENS/S, 20 s', width: PACE, weight: 7, text: ({pace}: LiveRow) => sparkline(pace.slice(-PACE))}]
      : []),
  ]
}

function fitted(columns: readonly LiveColumn[], room: number): readonly LiveColumn[] {
  let kept = columns
  const width = () => kept.reduce((sum, column) => sum + column.width + GAP, -GAP)
  while (width() > room && kept.some(({weight}) => weight > 0)) {
    const heaviest = Math.max(...kept.map(({weight}) => weight))
    kept = kept.filter(({weight}) => weight !== heaviest)
  }
  return kept
}
