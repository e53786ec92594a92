import {afterEach, describe, expect, test} from 'vitest'
import {guardedViews} from '../../src/lib/monitor/board/guarded-views.js'
import {boardReducer} from '../../src/lib/monitor/board/reduce.js'
import type {BoardTable, BoardView} from '../../src/lib/monitor/board/view.js'
import {createStore} from '../../src/lib/monitor/store.js'
import {type ProgramWish, showBoard} from '../../src/lib/monitor/tui/show-board.js'
import {BOARD_NOW, boardAfter, STAGE_VIEWS, SUBJECT} from '../support/board-stage.js'
import {eventually} from '../support/eventually.js'
import {createScreenTerminal, type ScreenTerminal} from '../support/screen-terminal.js'

const shows: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(shows.splice(0).map((leave) => leave()))
})

interface Showing {
  readonly columns?: number
  readonly rows?: number
  readonly allowActions?: boolean
  readonly views?: readonly BoardView[]
}

function show({columns = 80, rows = 24, allowActions = false, views = STAGE_VIEWS}: Showing = {}) {
  const terminal = createScreenTerminal(columns, rows)
  const controller = new AbortController()
  const wishes: ProgramWish[] = []
  const store = createStore(boardReducer(views), boardAfter(undefined, {size: {columns, rows}, allowActions}))
  const {stdin, stdout, signals} = terminal
  const done = showBoard({
    store,
    views,
    look: {color: true, unicode: true},
    now: () => BOARD_NOW,
    onWish: (wish) => wishes.push(wish),
    stage: {stdin, stdout, signals, signal: controller.signal},
  })
  const text = async () => (await terminal.screen()).join('\n')
  const sees = (part: string | RegExp) => eventually(async () => expect(await text()).toMatch(part))
  const leave = async () => {
    controller.abort()
    await done
  }
  shows.push(leave)
  return {terminal, controller, store, done, wishes, text, sees}
}

async function opened(options: Parameters<typeof show>[0] = {}) {
  const shown = show(options)
  // A key may come before the app listens.
  await eventually(async () => {
    shown.terminal.type('G')
    expect(shown.store.getSnapshot().ui.crumbs[0].index).toBe(42)
  })
  shown.terminal.type('g')
  await shown.sees(/› meta.llama-8-/)
  return shown
}

test('the board fills the terminal: whose it is, figures, rows, what is missing, keys', async () => {
  const {terminal, text, sees} = show({columns: 80, rows: 16})
  await sees('43 rows')

  expect(await text()).toMatchInlineSnapshot(`
    "account 111122223333  profile dev  eu-central-1 +2  simulated       09:14:05 UTC
    Models                                                                      live
    requests 412.0/s  ▁▂▃▄▅▆▇█▇▆▅
    throttled 2.1 %
    43 rows  by req/s
      MODEL                          REGION        REQ/S↓ TOK/MIN  P50 MS  THROTTLES
    › meta.llama-8-instruct-v1:0     eu-central-1   99.6    2988k     424          0
      meta.llama-25-instruct-v1:0    eu-central-1   96.8    2904k     475          0
      meta.llama-42-instruct-v1:0    us-east-1      94.0    2820k     526          0
      meta.llama-7-instruct-v1:0     eu-central-1   93.9    2817k     421          0
      meta.llama-24-instruct-v1:0    us-east-1      91.1    2733k       -          0
      meta.llama-41-instruct-v1:0    eu-central-1   88.3    2649k     523          0
      meta.llama-6-instruct-v1:0     us-east-1      88.2    2646k     418          0
      meta.llama-23-instruct-v1:0    eu-central-1   85.4    2562k     469          0
    quotas, eu-central-1: not allowed: servicequotas:ListServiceQuotas
    Enter open  : view  / filter  ? help  q quit  d describe  s sort       every 30s"
  `)
  expect(await terminal.isAlternate()).toBe(true)
})

const KEYS = {
  down: '\u001B[B',
  up: '\u001B[A',
  pageDown: '\u001B[6~',
  enter: '\r',
  escape: '\u001B',
  tab: '\t',
  left: '\u001B[D',
  home: '\u001B[H',
  delete: '\u001B[3~',
  erase: '\u007F',
} as const

/** A lone escape is told from the beginning of an arrow key by what does not follow: the next read is another one. */
async function press(terminal: ScreenTerminal, key: string): Promise<void> {
  terminal.type(key)
  for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate)
}

test.each<readonly [keys: readonly string[], does: string, shown: RegExp]>([
  [['j'], 'moves down', /› meta.llama-25-/],
  [[KEYS.down, KEYS.down, 'k'], 'moves up again', /› meta.llama-25-/],
  [[KEYS.pageDown], 'moves by a page', /› 漢字-/],
  [['G'], 'goes to the last row', /› meta.llama-26-/],
  [['G', 'g'], 'goes to the first row', /› meta.llama-8-/],
  [[KEYS.enter], 'opens the page of the row', /Models › meta.llama-8-instruct-v1:0 [\s\S]*line 1 of 80/],
  [[KEYS.enter, 'j'], 'scrolls the page', / 2-20 of 60\n/],
  [
    [KEYS.enter, '/', 'LINE 3'],
    'finds what is typed',
    /\/LINE 3 1 of 11 found {2}1-19 of 60\n[\s\S]*\n› model 8, line 3 of 78/,
  ],
  [
    [KEYS.enter, '/', 'line 3', KEYS.enter, 'n'],
    'finds the next',
    /2 of 11 found {2}24-42 of 60\n[\s\S]*\n› model 8, line 30 /,
  ],
  [[KEYS.enter, '/', 'line 3', KEYS.enter, 'N'], 'finds the one before', /11 of 11 found[\s\S]*\n› model 8, line 39 /],
  [[KEYS.enter, '/', 'nowhere'], 'says that nothing is found', /\/nowhere not found[\s\S]*then n N/],
  [[KEYS.enter, '/', 'x'.repeat(200)], 'says so of a long text too', /arn:aws.* \/x{25}… not found {2}1-19 of 60\n/],
  [[KEYS.enter, '/', 'line 3', KEYS.enter, KEYS.escape], 'ends a search', /\nmodel 8, line 2 of 80[\s\S]*Esc back/],
  [['?', '/', 'filter'], 'finds in the help', /Models › help[\s\S]*\n› .*filter; !word/],
  [[KEYS.enter, KEYS.left], 'goes back', /43 rows/],
  [['d'], 'describes the row', /Models › describe meta[\s\S]*Region {2}eu-central-1/],
  [['m', 'j', 'm'], 'marks rows', /2 marked[\s\S]* \*meta.llama-8-[\s\S]*›\*meta.llama-25-/],
  [
    ['m', 'j', 'm', 'd'],
    'shows what marked rows differ in',
    /Difference of two marked rows[\s\S]*key {5}model 8 +model 25/,
  ],
  [['s'], 'sorts by the next column', /by tok\/min/],
  [['S'], 'turns the order round', /REQ\/S↑/],
  [['/', 'llama-1'], 'filters as it is typed', /10 of 43 rows {2}filter llama-1[\s\S]*\/llama-1▏/],
  [['/', 'llama-1', KEYS.left, KEYS.erase], 'erases before the cursor', /0 of 43 rows {2}filter llama1\n/],
  [['/', 'llama-1', KEYS.home, KEYS.delete, KEYS.delete], 'erases at the cursor', /filter ama-1 /],
  [['/', 'llama-1x', KEYS.erase + KEYS.erase], 'erases as often as the key came', /filter llama- /],
  [['/', '漢字漢字'.repeat(12), KEYS.home, 'x'], 'shows the line where the cursor is', /\n\/x漢字漢字.*…/],
  [['/', '漢字漢字'.repeat(12), 'x'], 'shows the end of the line where the cursor is', /\n\/….*漢字x▏/],
  [['/', '!llama', KEYS.enter], 'leaves out what is not wanted', /5 of 43 rows {2}filter !llama/],
  [['/', 'claude', KEYS.escape], 'drops the filter', /43 rows {2}by/],
  [['/', 'nothing-is-called-so'], 'says that no row matches', /No row matches nothing-is-called-so/],
  [[':'], 'asks for a view', /models [\s\S]*events [\s\S]*\n:▏/],
  [[':', 'e', KEYS.enter], 'goes to the view that is meant', /Models › Events/],
  [[':', 'ev', KEYS.tab], 'completes', /\n:events▏/],
  [[':', 'nonsense'], 'says that nothing begins so', /No view or command begins so/],
  [['2'], 'goes to a view by its number', /Models › Events/],
  [['l'], 'shows the events of the row', /Events {2}[\s\S]*filter model 8/],
  [['?'], 'shows the keys and the views', /Keys\n[\s\S]*filter; !word leaves out[\s\S]*Views\n:models mo/],
  [['R'], 'offers the Regions', /Which Regions\n[\s\S]*› used[\s\S]*eu-west-1/],
  [['R', KEYS.down, KEYS.down, ' '], 'ticks a Region', /›\*eu-central-1/],
  [['y'], 'copies the id', /Copied arn:aws:bedrock:eu-central-1::foundation-model\/meta.llama-8-/],
  [['x'], 'says that the board only looks', /--allow-actions/],
])('%j %s', async (keys, _, shown) => {
  const {sees, terminal} = await opened()

  for (const key of keys) {
    await press(terminal, key)
  }

  await sees(shown)
})

test.each<readonly [key: string, wish: ProgramWish]>([
  ['r', {type: 'refresh'}],
  ['+', {type: 'interval', intervalMs: 60_000}],
  ['-', {type: 'interval', intervalMs: 15_000}],
  ['Reu-west\r', {type: 'switch-regions', regions: ['eu-west-1']}],
])('%j asks the program', async (key, wish) => {
  const {terminal, wishes} = await opened()

  terminal.type(key)

  await eventually(() => expect(wishes).toEqual([wish]))
})

test('p offers the profiles and asks the program for the one that is taken', async () => {
  const {sees, store, terminal, wishes} = await opened()
  store.dispatch({type: 'watching', subject: {...SUBJECT, simulated: false}, feeds: []})

  terminal.type('p')
  await sees(/Whose board\n› default[\s\S]*dev +shown now[\s\S]*profile ▏/)
  terminal.type('pro\r')

  await eventually(() => expect(wishes).toEqual([{type: 'switch-profile', profile: 'prod'}]))
})

test('an action is done only once its words are typed', async () => {
  const {sees, terminal, wishes} = await opened({allowActions: true})

  terminal.type('/sonnet-4-5\r')
  await sees(/1 of 43[\s\S]*x act/)
  terminal.type('x')
  await sees(/Stops it; what is done stays.\nTo do it, type stop it\nstop\? ▏/)
  await press(terminal, 'stop')
  await press(terminal, KEYS.enter)
  await sees('Nothing was done.')
  await press(terminal, ' it')
  await press(terminal, KEYS.enter)

  await eventually(() => expect(wishes).toEqual([{type: 'act', ask: {view: 'models', row: 'model 0', action: 'stop'}}]))
})

test('a long note is told whole, above what it takes a line of, and longer', async () => {
  const {sees, store, terminal} = await opened()
  const text = `answers.jsonl is there already. Collect into another file: bedrockctl batch collect reviews ${'a-b-'.repeat(9)}end`
  terminal.type('G')

  store.dispatch({type: 'noted', text})
  await sees(/› meta.llama-26-.*\nanswers.jsonl is there.* batch\ncollect reviews a-b-.*end\nEnter open/)
  store.dispatch({type: 'ticked', nowMs: BOARD_NOW + 6000})

  await sees(/a-b-end/)
})

test('how it stands with what is lost says what it is old of', async () => {
  const {sees, store} = await opened()
  const trouble = {kind: 'lost', code: 'ETIMEDOUT', message: 'no answer', action: null, hint: null} as const

  store.dispatch({
    ...{type: 'failed', topic: 'traffic', place: 'us-east-1', trouble},
    ...{atMs: BOARD_NOW, nextAtMs: BOARD_NOW + 30_000},
  })

  await sees(/Models +lost in 1 of 2, read 3s ago, again in 30s\n/)
})

test('what is copied goes to the terminal as OSC 52', async () => {
  const {terminal} = await opened()

  terminal.type('y')

  const id = Buffer.from('arn:aws:bedrock:eu-central-1::foundation-model/meta.llama-8-instruct-v1:0').toString('base64')
  await eventually(() => expect(terminal.written()).toContain(`\u001B]52;c;${id}\u0007`))
})

describe('a size of its own', () => {
  test.each([
    [160, 50],
    [60, 16],
    [300, 12],
    [80, 24],
  ])('%d × %d is filled, whatever is shown, and never passed', async (columns, rows) => {
    const {sees, store, terminal} = await opened()

    terminal.resize(columns, rows)
    for (const key of ['?', KEYS.escape, ':', KEYS.escape, 'R', KEYS.escape, 'd', KEYS.escape, 'G']) {
      await press(terminal, key)
      const lines = await terminal.screen()
      expect(lines).toHaveLength(rows)
      expect(lines[0]).toContain('111122223333')
      expect(lines.at(-1)).not.toBe('')
      expect(lines.filter((line) => line.includes('MODEL ')).length).toBeLessThanOrEqual(1)
    }
    await sees(/› meta.llama-26-/)
    expect(store.getSnapshot().size).toEqual({columns, rows})
  })

  test('help that does not fit scrolls', async () => {
    const {sees, terminal} = await opened()

    terminal.resize(60, 12)
    terminal.type('?')
    await sees(/Help +1-7 of \d+\nKeys\n/)
    terminal.type('G')

    await sees(/Signs\n.*- none[\s\S]*\? close/)
  })

  test('too small is said in as many lines as it takes', async () => {
    const {sees, terminal} = await opened()

    terminal.resize(20, 5)

    await sees(/^Too small: 20x5, not\n50x10\. q quits\.\n/)
  })

  test('too small is said, and larger it is there again', async () => {
    const {sees, terminal} = await opened()

    terminal.resize(40, 8)
    await sees(/^Too small: 40x8, not 50x10\. q quits\.\n/)
    terminal.resize(80, 24)

    await sees('43 rows')
  })
})

describe('a view that fails', () => {
  const [models, events] = STAGE_VIEWS
  const fails = (what: string) => () => {
    throw new TypeError(`no ${what}`)
  }

  test('says so in its place, and takes nothing else with it', async () => {
    const broken = guardedViews([models, {...events, table: fails('table'), describe: fails('facts')}])
    const {sees, store, terminal} = await opened({views: broken.views})

    terminal.type(':events\r')
    await sees(/Models › Events[\s\S]*This cannot be shown\.\n\nfailed {6}TypeError: no table\nwhy[\s\S]*r looks now/)
    store.dispatch({type: 'ticked', nowMs: BOARD_NOW + 1000})
    for (const keys of ['jdm', '/x', KEYS.enter]) await press(terminal, keys)
    terminal.type(':models\r')
    await sees('43 rows')

    expect(broken.failures().map(({view, error}) => `${view} ${error.message}`)).toEqual(['events no table'])
  })

  test('in its head or on a page leaves its rows', async () => {
    const {views} = guardedViews([{...models, head: fails('head'), page: fails('page')}, events])
    const {sees, terminal} = await opened({views})

    await sees(/These lines failed: TypeError: no head\n[\s\S]*43 rows/)
    terminal.type('\r')
    await sees(/This cannot be shown[\s\S]*TypeError: no page/)
    await press(terminal, KEYS.escape)
    await sees('43 rows')
  })

  test('is there again once it can be shown', async () => {
    const now: {table: () => BoardTable} = {table: fails('table')}
    const {sees, store} = show({views: guardedViews([{...models, table: () => now.table()}, events]).views})
    await sees('TypeError: no table')

    now.table = () => models.table(store.getSnapshot())
    store.dispatch({type: 'ticked', nowMs: BOARD_NOW + 1000})

    await sees('43 rows')
  })
})

test.each<readonly [string, (shown: Awaited<ReturnType<typeof opened>>) => void]>([
  ['q', ({terminal}) => terminal.type('q')],
  ['Ctrl-C, even while something is typed', ({terminal}) => terminal.type(':reg\u0003\u0003')],
  ['a signal that stops the command', ({controller}) => controller.abort()],
])('%s gives the terminal back as it was', async (_, end) => {
  const shown = await opened()

  end(shown)

  await shown.done
  const {terminal} = shown
  expect(await terminal.isAlternate()).toBe(false)
  expect((await terminal.screen()).filter((line) => line !== '')).toEqual(['$ sandbox'])
  expect(await terminal.modes()).toEqual({wraps: true, cursorShown: true})
  expect(terminal.rawModes.at(-1)).toBe(false)
  expect(terminal.signals.eventNames()).toEqual([])
})
