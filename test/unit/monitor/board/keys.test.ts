import {describe, expect, test} from 'vitest'
import type {BoardEvent, BoardState} from '../../../../src/lib/monitor/board/state.js'
import {lastCrumb} from '../../../../src/lib/monitor/board/ui/shown.js'
import type {Body} from '../../../../src/lib/monitor/board/ui/ui-state.js'
import {job, jobsRead, listed, liveBoard, press, reduceLive, START_MS, standing} from '../../../support/live-board.js'

const JOBS = [...'abcdefgh'].map((id, at) => job(id, {done: at, state: at % 2 === 0 ? 'InProgress' : 'Failed'}))
const board = (start: Parameters<typeof liveBoard>[1] = {}) => liveBoard([jobsRead(JOBS)], start)
const after = (...keys: readonly string[]) => standing(press(board(), keys).state)
const noteOf = (state: BoardState) => state.ui.note?.text

describe('moving', () => {
  test.each([
    [['j'], 'b'],
    [['<Down>', 'j', 'k'], 'b'],
    [['jjj'], 'd'],
    [['G'], 'h'],
    [['G', 'g'], 'a'],
    [['<PgDn>'], 'e'],
    [['<C-f>', '<C-b>'], 'a'],
    [['<C-d>', '<C-d>', '<C-u>'], 'c'],
    [['kkk', '<Up>'], 'a'],
    [['99'.repeat(9), 'jjjjjjjjjjjj'], 'h'],
  ])('%j selects %s', (keys, row) => {
    expect(after(...keys)).toBe(`jobs ${row}`)
  })

  const PAGE: Body = {rows: 5, lines: 12, found: []}

  test('a page scrolls within its lines', () => {
    const open = press(board(), ['d'], PAGE).state
    const keys = ['j', '<PgDn>', 'G', 'k', ' ', 'g']
    const tops = keys.map((_, at) => lastCrumb(press(open, keys.slice(0, at + 1), PAGE).state.ui).top)

    expect(tops).toEqual([1, 5, 7, 6, 7, 0])
  })

  test('the list scrolls only as far as the selection needs', () => {
    const tops = ['jjjj', 'j', 'j', 'k', 'kkkk', 'G'].reduce<{state: BoardState; tops: readonly number[]}>(
      (known, key) => {
        const {state} = press(known.state, [key])
        return {state, tops: [...known.tops, lastCrumb(state.ui).top]}
      },
      {state: board(), tops: []},
    )

    expect(tops.tops).toEqual([0, 1, 2, 2, 1, 3])
  })
})

describe('selection', () => {
  const read = (rows: readonly ReturnType<typeof job>[], at: number): BoardEvent => jobsRead(rows, START_MS + at)
  const tick = (at: number): BoardEvent => ({type: 'ticked', nowMs: START_MS + at})
  const without = (id: string) => JOBS.filter((one) => one.id !== id)

  test('it stays on its row wherever that goes, and on the neighbour when it is gone', () => {
    const on = press(board(), ['jj']).state
    const moved = [
      read(
        JOBS.map((one) => (one.id === 'c' ? {...one, name: 'z'} : one)),
        1,
      ),
      tick(2),
    ].reduce(reduceLive, on)
    const gone = [read(without('c'), 1), tick(2), read(JOBS, 3), tick(4)].reduce(reduceLive, on)

    expect([standing(moved), listed(moved).at(-1)]).toEqual(['jobs c', 'c'])
    expect(standing(gone)).toBe('jobs d')
  })

  test('as long as nobody moved, it is on the first row, whichever that is', () => {
    const state = [read([job('0', {name: 'A'}), ...JOBS], 1), tick(2)].reduce(reduceLive, board())

    expect([standing(state), standing(reduceLive(press(state, ['j', 'g']).state, read(without('a'), 3)))]).toEqual([
      ...['jobs 0', 'jobs b'],
    ])
  })
})

describe('steps', () => {
  test.each([
    [['<Enter>'], 'jobs drill a'],
    [['<Right>'], 'jobs drill a'],
    [['d'], 'jobs describe a'],
    [['<Enter>', 'd'], 'jobs describe a'],
    [['d', 'd'], 'jobs describe a'],
    [['<Enter>', 'd', '<Esc>'], 'jobs drill a'],
    [['j<'], 'jobs b'],
    [['jd', 'h'], 'jobs b'],
    [['j', 'd', '<Left>'], 'jobs b'],
    [['<Esc>', 'h', '<Left>', '<Backspace>'], 'jobs a'],
    [['jl'], 'events /b -'],
    [['j', 'd', 'l', '<Esc>'], 'jobs describe b'],
    [['1'], 'overview a'],
    [['1', 'j', '<Enter>'], 'jobs /arn/b b'],
    [['1', 'j', '<Enter>', '<Esc>'], 'overview b'],
    [['3', '1', '2'], 'jobs a'],
    [['9', '0'], 'jobs a'],
    [['1', 'j', '<Enter>', '2'], 'jobs a'],
    [['1', 'j', '<Enter>', '2', '<Esc>'], 'jobs a'],
    [['/b', '<Enter>', '2'], 'jobs a'],
    [['3', '1', '3', 'l', '1', '3', '<Esc>'], 'jobs a'],
    [['1', ...'2131213121'], 'overview a'],
    [Array.from({length: 30}, () => 'd<'.replace('<', 'l')), 'events /a -'],
  ])('%j leads to %s', (keys, where) => {
    expect(after(...keys)).toBe(where)
  })

  test('Esc takes back one thing after the other: what is typed, page, filter, step, marks', () => {
    const deep = press(board(), ['1', 'j', '<Enter>', '/ job', '<Enter>', 'm', 'd', ':x']).state
    const seen = Array.from({length: 8}, (_, at) => {
      const {state} = press(
        deep,
        Array.from({length: at}, () => '<Esc>'),
      )
      const {marks, prompt} = state.ui
      return [standing(state), prompt?.kind, `${marks.length} marked`].filter(Boolean).join(' ')
    })

    expect(seen).toMatchInlineSnapshot(`
      [
        "jobs difference b command 1 marked",
        "jobs difference b 1 marked",
        "jobs /arn/b job b 1 marked",
        "jobs /arn/b b 1 marked",
        "overview b 1 marked",
        "jobs a 1 marked",
        "jobs a 0 marked",
        "jobs a 0 marked",
      ]
    `)
  })
})

describe('search in a page', () => {
  const BODY: Body = {rows: 5, lines: 40, found: [3, 9, 30]}
  const page = (...keys: readonly string[]) => lastCrumb(press(board(), ['d', ...keys], BODY).state.ui)
  const at = (...keys: readonly string[]) => [page(...keys).index, page(...keys).top]

  test('what is typed is searched at once, from where the page was', () => {
    expect([at('/x'), at('jjjj', '/x'), at('G', '/x')]).toEqual([
      [3, 0],
      [9, 8],
      [3, 2],
    ])
    expect(page('jjjj', '/x', '<Enter>')).toMatchObject({filter: 'x', index: 9})
  })

  test('n and N go round; after scrolling they go on from what is shown', () => {
    const found = (...keys: readonly string[]) => page('/x', '<Enter>', ...keys).index

    expect([found('n'), found('nn'), found('nnn'), found('N'), found('NN')]).toEqual([9, 30, 3, 30, 9])
    expect([found('G', 'n'), found('G', 'N'), found('<PgDn>', 'n')]).toEqual([3, 30, 9])
  })

  test('Esc drops what is typed, then the search, then the page', () => {
    expect(page('jj', '/x', '<Esc>')).toMatchObject({filter: '', top: 2, index: 0})
    expect(page('/x', '<Enter>', '/y', '<Esc>')).toMatchObject({filter: 'x', index: 3})
    expect(page('/x', '<Enter>', '<Esc>')).toMatchObject({page: 'describe', filter: ''})
    expect(page('/x', '<Enter>', '<Esc>', '<Esc>').page).toBeUndefined()
  })

  test('the rows keep their own filter, and what was searched is remembered', () => {
    const {state} = press(board(), ['/job', '<Enter>', 'd', '/x', '<Enter>', '<Esc>', '<Esc>', '/', '<Up>'], BODY)

    expect([listed(press(state, ['<Esc>']).state).length, state.ui.prompt?.text]).toEqual([8, 'x'])
  })

  test.each([[['n']], [['d', 'n']], [['d', '/x', '<Esc>', 'N']]])('%j says that nothing is searched', (keys) => {
    expect(noteOf(press(board(), keys, BODY).state)).toBe('n goes on with a search: open a page, then / and words.')
  })
})

describe('marks', () => {
  test('a marked row is held against itself as it was', () => {
    const marked = press(board(), ['jm']).state
    const later = reduceLive(
      marked,
      jobsRead(
        JOBS.map((one) => ({...one, done: 9})),
        START_MS + 60_000,
      ),
    )
    const {row, page, against} = lastCrumb(press(later, ['d']).state.ui)

    expect([row, page, against?.key, against?.atMs]).toEqual(['b', 'difference', 'b', START_MS])
    expect(against?.facts).toContainEqual(['done', '1'])
    expect(standing(press(later, ['jd']).state)).toBe('jobs describe c')
  })

  test('two marks are held against each other; of three the oldest goes, and m takes one away', () => {
    const two = press(board(), ['mjjm']).state
    const {row, against} = lastCrumb(press(two, ['d']).state.ui)

    expect([against?.key, row]).toEqual(['a', 'c'])
    expect(press(two, ['jm']).state.ui.marks.map(({key}) => key)).toEqual(['c', 'd'])
    expect(press(two, ['m']).state.ui.marks.map(({key}) => key)).toEqual(['a'])
    expect(press(two, ['1m']).state.ui.marks).toHaveLength(3)
    expect(standing(press(two, ['d', 'd', '<Esc>', '<Esc>']).state)).toBe('jobs c')
  })
})

describe('the program', () => {
  test.each([
    ['q', [{type: 'quit'}]],
    ['<C-c>', [{type: 'quit'}]],
    ['<C-z>', [{type: 'suspend'}]],
    ['<C-l>', [{type: 'redraw'}]],
    ['r', [{type: 'refresh'}]],
    ['+', [{type: 'interval', intervalMs: 60_000}]],
    ['-', [{type: 'interval', intervalMs: 15_000}]],
    ['y', [{type: 'copy', text: 'arn/a'}]],
    ['w', []],
    ['é', []],
  ])('%s asks for %j', (key, asked) => {
    expect(press(board(), [key]).asked).toEqual(asked)
  })

  test('help is a page: ? and what leads back close it, and q quits', () => {
    const help = press(board(), ['j', '?']).state
    const closed = ['?', '<Esc>', 'h', '<Left>'].map((key) => standing(press(help, [key]).state))

    expect([standing(help), ...closed]).toEqual(['jobs help -', ...Array.from({length: 4}, () => 'jobs b')])
    expect(lastCrumb(press(help, ['jj'], {rows: 5, lines: 12, found: []}).state.ui).top).toBe(2)
    expect(press(help, ['q']).asked).toEqual([{type: 'quit'}])
    expect(standing(press(board(), [':help', '<Enter>']).state)).toBe('jobs help -')
    expect(standing(press(help, ['3', '<Esc>']).state)).toBe('jobs b')
  })

  test.each<readonly [key: string, why: string]>([
    ['z', 'z does nothing here. ? tells the keys.'],
    ['é', 'é does nothing here. ? tells the keys.'],
    ...['d', 'm', 'y', '<Enter>', '<Right>'].map((key) => [key, 'There is no row here.'] as const),
    [`quit ${'now '.repeat(20)}`, 'What was pasted does nothing here. / filters and : goes somewhere.'],
  ])('%s says why nothing happens', (key, why) => {
    const {asked, state} = press(board(), ['/nothing', '<Enter>', key])

    expect([noteOf(state), asked]).toEqual([why, []])
  })

  test('a key that is held down is that key many times', () => {
    expect(standing(press(board(), ['j'.repeat(40)]).state)).toBe('jobs h')
  })

  test('s goes through the columns that have room', () => {
    const narrow = reduceLive(board(), {type: 'resized', size: {columns: 16, rows: 24}})

    expect(lastCrumb(press(narrow, ['s']).state.ui).sort).not.toBe('state')
  })

  test('a note goes again after a while', () => {
    const noted = press(board(), ['y']).state
    const texts = [4999, 5000].map((ms) => noteOf(reduceLive(noted, {type: 'ticked', nowMs: START_MS + ms})))

    expect(texts).toEqual(['Copied arn/a', undefined])
  })

  test('s goes through the columns and S turns the order', () => {
    const sorts = ['s', 'ss', 'sss', 'S', 'SS'].map((keys) => lastCrumb(press(board(), [keys]).state.ui).sort)

    expect(sorts).toEqual(['state', '-done', 'name', '-name', 'name'])
    expect(listed(press(board(), ['ss']).state)).toEqual([...'hgfedcba'])
  })
})
