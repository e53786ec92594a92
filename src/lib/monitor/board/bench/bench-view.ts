import {showElapsed, showMs} from '../../quantities.js'
import {factsOf, labelled, momentWords, sections} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardPage, BoardRow, BoardView, Cell, Column, Room} from '../view.js'
import type {BenchRow} from './bench.schema.js'
import {
  allRuns,
  benchHead,
  costWord,
  countWord,
  lengthWord,
  levelLines,
  liveLines,
  rateWord,
  shareOf,
  stateTone,
  timesWord,
  verdictWord,
} from './bench-words.js'

const number = (key: string, title: string, drop: number, most = 10): Column => ({
  ...{key, title, drop, least: 6, most},
  ...{align: 'right', first: 'descending'},
})

const COLUMNS: readonly Column[] = [
  {key: 'run', title: 'RUN', least: 20, most: 20, drop: 0, first: 'descending'},
  {key: 'name', title: 'NAME', least: 8, most: 24, drop: 7},
  {key: 'state', title: 'STATE', least: 8, most: 10, drop: 0},
  {key: 'targets', title: 'TARGETS', least: 12, most: 48, drop: 5},
  number('requests', 'REQUESTS', 0),
  number('failed', 'FAILED', 1, 8),
  number('rate', 'REQ/S', 3, 8),
  number('p50', 'TTFT P50', 2, 8),
  number('p99', 'P99', 2, 8),
  number('tokens', 'TOK/S', 4, 9),
  {key: 'length', title: 'TIME', least: 8, most: 12, drop: 6, align: 'right'},
  number('cost', 'COST', 8),
  {key: 'verdict', title: 'VERDICT', least: 8, most: 32, drop: 9},
]

/** The bench runs of this machine, one that goes on as it goes. */
export const benchView: BoardView = {
  name: 'bench',
  title: 'Bench',
  aliases: ['be', 'benchmarks', 'runs'],
  about: 'bench runs of this machine, live while one goes on: requests, TTFT, tokens a second, failures, time left',
  topics: ['bench'],
  head: benchHead,
  table: (state) => ({
    columns: COLUMNS,
    rows: allRuns(state).map(toRow),
    sortedBy: '-run',
    empty: 'There are no runs on this machine. bedrockctl bench run --target TARGET makes one.',
  }),
  page,
  describe,
}

function toRow(run: BenchRow): BoardRow {
  const {failed, id, live, name, perSecond, requests, state, targets, tokensPerSecond, ttftP50, ttftP99, usd} = run
  const tone = stateTone(state)
  const share = shareOf(run)
  return {
    key: id,
    id,
    cells: {
      run: {text: id, tone: 'id'},
      name: {text: name === '' ? '-' : name},
      state: {text: state, ...(tone && {tone})},
      targets: {text: targets.join(', ')},
      requests: {text: countWord(requests), sort: requests ?? undefined, ...(share !== undefined && {share})},
      failed: {...counted(failed), ...((failed ?? 0) > 0 && {tone: 'bad' as const})},
      rate: {text: rateWord(perSecond), sort: perSecond ?? undefined},
      p50: {text: showMs(ttftP50 ?? undefined), sort: ttftP50 ?? undefined},
      p99: {text: showMs(ttftP99 ?? undefined), sort: ttftP99 ?? undefined},
      tokens: {text: rateWord(tokensPerSecond), sort: tokensPerSecond ?? undefined},
      length: {text: lengthWord(run)},
      cost: {text: costWord(run), sort: usd ?? undefined},
      verdict: {text: verdictWord(run)},
    },
    words: [live ? 'live' : '', run.simulated ? 'simulated' : ''],
  }
}

function counted(count: number | null): Cell {
  return {text: countWord(count), sort: count ?? undefined}
}

function page(state: BoardFacts, key: string, room: Room): BoardPage | undefined {
  const run = allRuns(state).find(({id}) => id === key)
  if (run === undefined) return undefined
  const {facts, id, live, name, startedAtMs} = run
  const age = startedAtMs === null ? null : `${momentWords(startedAtMs)}, ${showElapsed(state.nowMs - startedAtMs)} ago`
  return {
    title: `${name === '' ? id : `${name}  ${id}`}${run.simulated ? '  simulated' : ''}`,
    lines: sections(
      live ? liveLines(run, room) : [],
      [
        ...labelled('state', run.state, room, stateTone(run.state)),
        ...labelled('verdict', run.verdict === null ? null : verdictWord(run), room),
        ...labelled('targets', run.targets.join(', '), room),
        ...labelled('began', age, room),
        ...labelled('took', live || run.endedAtMs === null ? null : lengthWord(run), room),
        ...labelled('cost', run.usd === null ? null : costWord(run), room),
      ],
      levelLines(run, room),
      facts.flatMap(([label, value]) =>
        labelled(label.toLowerCase(), value, room, label === 'error' ? 'bad' : undefined),
      ),
      labelled('more', live ? null : `bedrockctl bench show ${id}`, room, 'id'),
    ),
  }
}

function describe(state: BoardFacts, key: string): readonly (readonly [string, string])[] | undefined {
  const run = allRuns(state).find(({id}) => id === key)
  if (run === undefined) return undefined
  const {perSecond, tokensPerSecond, ttftP50} = run
  return factsOf([
    ['run', run.id],
    ['name', run.name],
    ['state', run.state],
    ['targets', run.targets.join(', ')],
    ['verdict', run.verdict === null ? null : verdictWord(run)],
    ['requests', countWord(run.requests)],
    ['failed', countWord(run.failed)],
    ['time', lengthWord(run)],
    ['numbers of', run.numbersOf],
    ['requests/s', perSecond === null ? null : rateWord(perSecond)],
    ['TTFT ms', ttftP50 === null ? null : timesWord(run)],
    ['tokens/s', tokensPerSecond === null ? null : rateWord(tokensPerSecond)],
    ['cost', run.usd === null ? null : costWord(run)],
    ...run.facts.map(([label, value]) => [label.toLowerCase(), value] as const),
  ])
}
