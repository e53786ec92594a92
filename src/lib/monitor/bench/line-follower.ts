import type {RunFollower} from '../../bench/run/follower.js'
import {showElapsed} from '../quantities.js'
import {isSearch, liveErrors, numbersOf, repeatOf} from './live-rows.js'
import {cellText, clientText, dollars, nowText, showNumber, spentText} from './live-words.js'
import {type BenchEvent, type BenchNames, type BenchState, initialBenchState, reduceBench} from './state.js'

export interface LineOutput {
  /** One line, without its line feed. */
  readonly write: (line: string) => void
  readonly now: () => number
  readonly names: BenchNames
  /** Between two lines of a cell. */
  readonly everyMs: number
}

const NO_SCREEN = {columns: 80, rows: 24}

/** Tells a run as lines: what begins, how it goes once an interval, how each cell ended. For pipes, logs and screen readers. */
export function createLineFollower({everyMs, names, now, write}: LineOutput): RunFollower {
  let state = initialBenchState(now(), NO_SCREEN, names)
  let saidAt = now()
  const take = (event: BenchEvent) => {
    state = reduceBench(reduceBench(state, event), {type: 'clock', nowMs: now()})
  }
  const say = (text: string) => {
    saidAt = now()
    write(`${showElapsed(saidAt - state.startedAtMs).padStart(7)}  ${text}`)
  }
  return {
    begin(outlook) {
      const more = outlook.cells.length - (state.outlook?.cells.length ?? 0)
      const isFirst = state.outlook === undefined
      take({type: 'began', outlook})
      const many = isSearch(state) ? 'a search' : cellsText(outlook.cells.length)
      if (isFirst) say(`${many}, ${outlook.targets.join(', ')}${aboutText(state)}`)
      else if (more > 0 && !isSearch(state)) say(`${cellsText(more)} more`)
    },
    phase(text) {
      take({type: 'phase', text})
      say(text)
    },
    cell(cell) {
      take({type: 'cell', cell})
      say(`${placeText(state)}${nowText(state)}`)
    },
    tick(tick, {usd}) {
      take({type: 'tick', tick, usd})
      if (now() - saidAt >= everyMs) say(`${nowText(state)}: ${tickText(state)}`)
    },
    telemetry: (row) => take({type: 'telemetry', row}),
    end(cell, ended) {
      take({type: 'ended', cell, ended: {ended: ended.ended, why: ended.why}})
      say(`${endText(state, cell)}`)
    },
  }
}

function cellsText(count: number): string {
  return `${count} ${count === 1 ? 'cell' : 'cells'}`
}

function aboutText({outlook}: BenchState): string {
  const {requests = 0, seconds, usd} = outlook?.estimate ?? {}
  return [
    requests > 0 ? `, about ${requests.toLocaleString('en-US')} requests` : '',
    seconds === undefined ? '' : `, ${showElapsed(seconds * 1000)}`,
    usd === undefined ? '' : `, about ${dollars(usd)}`,
  ].join('')
}

function placeText(state: BenchState): string {
  const {current, outlook} = state
  const cells = outlook?.cells ?? []
  const at = cells.findIndex(({cell}) => cell === current)
  return at < 0 ? '' : `${cellText(state, at)}: `
}

/** How the cell that runs goes, on one line that begins with what matters most. */
function tickText(state: BenchState): string {
  const numbers = numbersOf(state.current === undefined ? undefined : state.cells.get(state.current))
  const {answered, failed, inFlight, lagMs, rate, tokensPerSecond, tpotP50, tpotP99, ttftP50, ttftP99} = numbers
  const {isLate, text} = clientText(lagMs)
  return [
    `${answered.toLocaleString('en-US')} answered`,
    `${failed.toLocaleString('en-US')} failed`,
    `${showNumber(rate)}/s`,
    `${inFlight ?? 0} in flight`,
    ...(ttftP50 === undefined ? [] : [`TTFT ${showNumber(ttftP50)} / ${showNumber(ttftP99)} ms`]),
    ...(tpotP50 === undefined ? [] : [`TPOT ${showNumber(tpotP50)} / ${showNumber(tpotP99)} ms`]),
    `${showNumber(tokensPerSecond)} tokens/s`,
    spentText(state) ?? '',
    isLate ? text : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function endText(state: BenchState, cell: number): string {
  const live = state.cells.get(cell)
  const announced = state.outlook?.cells.find((one) => one.cell === cell)
  const repeat = announced && repeatOf(state, announced)
  const name = announced
    ? `${state.outlook?.targets[announced.target] ?? ''}, ${announced.label}${repeat === undefined ? '' : `, repeat ${repeat}`}`
    : `cell ${cell}`
  const {answered, failed} = numbersOf(live)
  const errors = liveErrors({cells: new Map(live ? [[cell, live]] : []), names: state.names}).map(
    ([error, count]) => `${error} ${count}`,
  )
  const kinds = errors.length > 0 ? ` (${errors.join(', ')})` : ''
  const why = live?.ended?.why === undefined ? '' : `: ${live.ended.why}`
  const word = live?.ended?.ended === 'complete' ? 'done' : `${live?.ended?.ended ?? 'over'}${why}`
  return `${name}: ${word}, ${answered.toLocaleString('en-US')} answered, ${failed.toLocaleString('en-US')} failed${kinds}`
}
