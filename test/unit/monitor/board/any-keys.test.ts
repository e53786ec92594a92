import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {BoardEvent, BoardState} from '../../../../src/lib/monitor/board/state.js'
import {selectedIndex, shownRows, windowOf} from '../../../../src/lib/monitor/board/table.js'
import {lastCrumb, rowInHand, shownView} from '../../../../src/lib/monitor/board/ui/shown.js'
import {KEPT_STEPS} from '../../../../src/lib/monitor/board/ui/steps.js'
import {
  job,
  jobsRead,
  LIVE_VIEWS,
  liveBoard,
  press,
  REGION,
  reduceLive,
  START_MS,
  watching,
} from '../../../support/live-board.js'

const BODY = {rows: 5, lines: 9, found: [1, 6, 8]}

/** Things that happen: keys pressed, or what a sampler tells; each moves the clock a little. */
type Happening = (state: BoardState) => BoardState

const keys = fc
  .oneof(
    {weight: 4, arbitrary: fc.constantFrom(...'jkgGhldylsSr+-mpRx?:/nN 0123479')},
    {weight: 2, arbitrary: fc.constantFrom('<Enter>', '<Esc>', '<Tab>', '<Up>', '<Down>', '<PgDn>', '<Backspace>')},
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '<C-f>',
        '<C-b>',
        '<C-d>',
        '<C-u>',
        '<C-w>',
        '<C-k>',
        '<Left>',
        '<Right>',
        '<Home>',
        '<Delete>',
      ),
    },
    {weight: 1, arbitrary: fc.string({maxLength: 12, unit: 'binary'})},
    {weight: 1, arbitrary: fc.constantFrom(':jobs /a\r', '/!b\r', ':ev\r', ':region us-east-1\r', 'confirm', 'md')},
  )
  .map(
    (key): Happening =>
      (state) =>
        press(state, [key], BODY).state,
  )

const rows = fc
  .uniqueArray(fc.record({id: fc.constantFrom(...'abcdefghijkl'), done: fc.option(fc.nat(9))}), {
    selector: ({id}) => id,
    maxLength: 12,
  })
  .map((some) =>
    some.map(({id, done}) => job(id, {done, actions: [{name: 'stop', effect: 'Stops it.', confirm: 'confirm'}]})),
  )

const told: fc.Arbitrary<Happening> = fc
  .oneof(
    rows.map(
      (some) =>
        (at: number): BoardEvent =>
          jobsRead(some, at),
    ),
    rows.map(
      (some) =>
        (at: number): BoardEvent =>
          jobsRead(some, at, 'us-east-1'),
    ),
    fc.nat(90_000).map(
      (ms) =>
        (at: number): BoardEvent => ({type: 'ticked', nowMs: at + ms}),
    ),
    fc.constantFrom([REGION], [REGION, 'us-east-1'], []).map(
      (regions) => (): BoardEvent =>
        watching(
          regions.map((region) => ['jobs', region] as const),
          {regions},
        ),
    ),
    fc.constantFrom('denied' as const, 'lost' as const).map(
      (kind) =>
        (at: number): BoardEvent => ({
          ...{type: 'failed', topic: 'jobs', place: REGION, atMs: at, nextAtMs: undefined},
          trouble: {kind, code: 'Code', message: 'why', action: null, hint: null},
        }),
    ),
  )
  .map(
    (event): Happening =>
      (state) =>
        reduceLive(state, event(state.nowMs + 10)),
  )

const start = () => {
  const setting = {allowActions: true, profiles: ['dev', 'prod'], regions: [REGION, 'us-east-1']}
  return liveBoard([jobsRead([...'abcdefgh'].map((id) => job(id)))], setting)
}

test('whatever is pressed and whatever is told, the board stands somewhere, shows what is selected and stays small', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({weight: 3, arbitrary: keys}, {weight: 1, arbitrary: told}), {maxLength: 80}),
      (all) => {
        let state = start()
        for (const happening of all) {
          state = happening(state)
          expectSound(state)
        }
      },
    ),
    {numRuns: 150},
  )
})

function expectSound(state: BoardState): void {
  const {ui} = state
  const crumb = lastCrumb(ui)
  const view = shownView(state, LIVE_VIEWS)
  if (view === undefined) throw new Error('no view is shown')
  const list = shownRows(state, view, crumb)
  const index = selectedIndex(list, crumb)
  const {start: from, end} = windowOf(list.length, {index, height: BODY.rows, top: crumb.top})
  const perView = ui.marks.map((mark) => ui.marks.filter((one) => one.view === mark.view).length)

  expect(ui.crumbs.length >= 1 && ui.crumbs.length <= KEPT_STEPS).toBe(true)
  expect(list.length === 0 ? index === -1 : from <= index && index < end).toBe(true)
  expect(crumb.page !== undefined || rowInHand(state, LIVE_VIEWS) === list[index]).toBe(true)
  expect(Math.max(0, ...perView)).toBeLessThanOrEqual(2)
  expect(ui.filterHistory.length <= 50 && ui.commandHistory.length <= 50).toBe(true)
  expect((ui.prompt?.cursor ?? 0) <= (ui.prompt?.text ?? '').length).toBe(true)
  expect((ui.prompt?.text ?? '').length <= 400 && state.spent.recent.length <= 60).toBe(true)
  expect([...state.data.jobs.keys()].every((place) => state.feeds.has(`jobs ${place}`))).toBe(true)
}

test('Esc leads out of everything: after enough of it the first table is shown as it is', () => {
  fc.assert(
    fc.property(fc.array(keys, {maxLength: 40}), (all) => {
      const state = press(
        all.reduce((known, happening) => happening(known), start()),
        Array.from({length: 3 * KEPT_STEPS + 3}, () => '<Esc>'),
      ).state
      const {crumbs, prompt} = state.ui

      expect([crumbs.length, crumbs[0].page ?? '', crumbs[0].filter, prompt]).toEqual([1, '', '', undefined])
    }),
    {numRuns: 100},
  )
})

test('no key acts on a row before what it asks for was typed', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'jkgGhldxm', '<Enter>', '<Down>', '<Esc>', 'x\r', 'confirm\r')), (all) => {
      expect(press(start(), all, BODY).asked.filter(({type}) => type === 'act')).toEqual([])
    }),
  )
})

test('a day of looks takes no more room than an hour of them', () => {
  const size = (looks: number) => {
    let state = start()
    for (let at = 0; at < looks; at += 1) {
      const word = at % 2 === 0 ? 'InProgress' : 'Stopping'
      state = reduceLive(state, jobsRead([job('a', {state: word})], START_MS + at * 30_000))
      state = reduceLive(state, {type: 'ticked', nowMs: START_MS + at * 30_000})
    }
    return (
      JSON.stringify([...state.data.jobs], undefined).length + JSON.stringify([state.spent, state.data.events]).length
    )
  }

  expect(size(2880) / size(600)).toBeLessThan(1.02)
})
