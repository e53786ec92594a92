import {expect, test} from 'vitest'
import {boardReducer} from '../../src/lib/monitor/board/reduce.js'
import {createStore} from '../../src/lib/monitor/store.js'
import {type ProgramWish, showBoard} from '../../src/lib/monitor/tui/show-board.js'
import {BOARD_NOW, boardAfter, STAGE_VIEWS} from '../support/board-stage.js'
import {eventually} from '../support/eventually.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

function show({columns = 80, rows = 24, allowActions = false} = {}) {
  const terminal = createScreenTerminal(columns, rows)
  const controller = new AbortController()
  const wishes: ProgramWish[] = []
  const store = createStore(boardReducer(STAGE_VIEWS), boardAfter(undefined, {size: {columns, rows}, allowActions}))
  const {stdin, stdout, signals} = terminal
  const done = showBoard({
    store,
    views: STAGE_VIEWS,
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
  return {terminal, controller, store, done, wishes, text, sees, leave}
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
  const {leave, terminal, text, sees} = show({columns: 80, rows: 16})
  await sees('43 rows')

  expect(await text()).toMatchInlineSnapshot(`
    "account 111122223333  profile dev  eu-central-1 +2  simulated       09:14:05 UTC
    Models                                                               live 3s ago
    requests 412.0/s  ▁▂▃▄▅▆▇█▇▆▅
    throttled 2.1 %
    43 rows  by req/s
      MODEL                          REGION       ↓REQ/S  TOK/MIN  P50 MS  THROTTLES
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
  await leave()
})
