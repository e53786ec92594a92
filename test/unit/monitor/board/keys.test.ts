import {describe, expect, test} from 'vitest'
import type {BoardEvent, BoardState} from '../../../../src/lib/monitor/board/state.js'
import {lastCrumb} from '../../../../src/lib/monitor/board/ui/shown.js'
import {
  job,
  jobsRead,
  listed,
  liveBoard,
  press,
  REGION,
  reduceLive,
  START_MS,
  standing,
} from '../../../support/live-board.js'

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

  test('a page scrolls within its lines', () => {
    const open = press(board(), ['d'], {rows: 5, lines: 12}).state
    const keys = ['j', '<PgDn>', 'G', 'k', ' ', 'g']
    const tops = keys.map((_, at) => lastCrumb(press(open, keys.slice(0, at + 1), {rows: 5, lines: 12}).state.ui).top)

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

describe('filter', () => {
  test('rows are filtered while it is typed; Enter keeps it, Esc takes it back', () => {
    const typing = press(board(), ['/', 'fail', 'ed']).state
    const kept = press(typing, ['<Enter>']).state

    expect([listed(typing), listed(kept), kept.ui.prompt]).toEqual([[...'bdfh'], [...'bdfh'], undefined])
    expect(listed(press(kept, ['/!', '<Enter>']).state)).toEqual([])
    expect(listed(press(kept, ['/ x', '<Esc>']).state)).toEqual([...'bdfh'])
    expect(listed(press(kept, ['<Esc>']).state)).toHaveLength(8)
  })

  test('up and down go through the filters of before, and back to what was typed', () => {
    const state = press(board(), ['/one', '<Enter>', '/', '<C-u>', 'two', '<Enter>', '/', '<C-u>', 'thr']).state
    const texts = [['<Up>'], ['<Up>', '<Up>'], ['<Up>', '<Up>', '<Up>'], ['<Up>', '<Up>', '<Down>'], ['<Up>', '<Down>']]

    expect(texts.map((keys) => press(state, keys).state.ui.prompt?.text)).toEqual(['two', 'one', 'one', 'two', 'thr'])
    expect(lastCrumb(press(state, ['<Up>']).state.ui).filter).toBe('two')
  })

  test('a paste is typed as one: keys, newlines and control characters in it do nothing', () => {
    const {state, asked} = press(board(), ['/', 'q\u001b[Ajob\n\tc\u0007'])

    expect([state.ui.prompt?.text, asked]).toEqual(['q[Ajob c', []])
    expect(press(board(), ['/job c\r']).state.ui.prompt).toBeUndefined()
    expect(press(board(), ['/', 'x'.repeat(5000)]).state.ui.prompt?.text).toHaveLength(400)
  })

  test('letters and words are erased', () => {
    const text = (...keys: readonly string[]) => press(board(), ['/one two 🚀', ...keys]).state.ui.prompt?.text

    expect([text('<Backspace>'), text('<C-w>', '<C-w>'), text('<C-u>', '<Backspace>')]).toEqual([
      'one two ',
      'one ',
      '',
    ])
  })
})

describe('commands', () => {
  test.each([
    [[':events', '<Enter>'], 'events -'],
    [[':ev\r'], 'events -'],
    [[':overv', '<Enter>'], 'overview a'],
    [[':o', '<Tab>', '<Enter>'], 'overview a'],
    [[':', '<Down>', '<Enter>'], 'overview a'],
    [[':', '<Down>', '<Down>', '<Down>', '<Up>', '<Enter>'], 'jobs a'],
    [[':jobs /failed d', '<Enter>'], 'jobs /failed d b'],
    [[':JOB failed', '<Enter>'], 'jobs /failed b'],
    [[':', '<Enter>'], 'jobs a'],
    [[':', '<Backspace>', 'j'], 'jobs b'],
  ])('%j leads to %s', (keys, where) => {
    const {state} = press(board(), keys)

    expect([standing(state), state.ui.prompt]).toEqual([where, undefined])
  })

  test.each([
    [':q', {type: 'quit'}],
    [':quit', {type: 'quit'}],
    [':interval 10s', {type: 'interval', intervalMs: 10_000}],
    [':interval 60', {type: 'interval', intervalMs: 60_000}],
    [':profile prod', {type: 'switch-profile', profile: 'prod'}],
    [':region eu-west-1', {type: 'switch-regions', regions: ['eu-west-1']}],
    [':region eu-west-1, us-east-1 eu-west-1', {type: 'switch-regions', regions: ['eu-west-1', 'us-east-1']}],
    [':region ALL', {type: 'switch-regions', regions: 'all'}],
    [':region used', {type: 'switch-regions', regions: 'used'}],
  ])('%s asks the program', (text, wish) => {
    const {state, asked} = press(board({profiles: ['dev', 'prod'], regions: ['eu-west-1', 'us-east-1']}), [
      text,
      '<Enter>',
    ])

    expect([asked, state.ui.prompt]).toEqual([[wish], undefined])
  })

  test.each([
    [':jbos', 'There is no view or command "jbos". Did you mean jobs?'],
    [':e v', 'There is no view or command "e".'],
    [':region eu-west-9', 'No Region of this account is called "eu-west-9". Did you mean eu-west-1?'],
    [':profile prd', 'There is no profile "prd". Did you mean prod?'],
    [':interval 1s', 'An interval is from 2s to 10m, such as 10s.'],
    [':interval soon', 'An interval is from 2s to 10m, such as 10s.'],
  ])('%s is refused, and stays to be corrected', (text, why) => {
    const {state, asked} = press(board({profiles: ['dev', 'prod'], regions: ['eu-west-1']}), [text, '<Enter>'])

    expect([noteOf(state), state.ui.prompt?.text, asked]).toEqual([why, text.slice(1), []])
  })

  test('a refusal is told until something else is typed', () => {
    const {state} = press(board(), [':jbos', '<Enter>', '<Backspace>'])

    expect([noteOf(state), state.ui.prompt?.text]).toEqual([undefined, 'jbo'])
  })

  test('Tab completes what was begun: views by name or alias, Regions, profiles, commands of before', () => {
    const completed = (...keys: readonly string[]) =>
      press(board({profiles: ['dev', 'prod'], regions: ['eu-west-1']}), keys).state.ui.prompt?.text

    expect([
      completed(':jo', '<Tab>'),
      completed(':ev', '<Tab>'),
      completed(':region eu-w', '<Tab>'),
      completed(':profile ', '<Down>', '<Down>', '<Tab>'),
      completed(':int', '<Right>'),
      completed(':region', '<Tab>'),
      completed(':nothing', '<Tab>'),
      completed(':events /x', '<Enter>', ':', '<Tab>'),
    ]).toEqual([
      'jobs',
      'events',
      'region eu-west-1',
      'profile prod',
      'interval',
      'region used',
      'nothing',
      'events /x',
    ])
  })
})

describe('choosing', () => {
  const choosing = {profiles: ['dev', 'prod'], regions: ['eu-west-1', 'us-east-1']}

  test.each([
    [['p', '<Down>', '<Enter>'], {type: 'switch-profile', profile: 'prod'}],
    [['p', 'pro', '<Enter>'], {type: 'switch-profile', profile: 'prod'}],
    [['R', '<Enter>'], {type: 'switch-regions', regions: 'used'}],
    [['R', 'west', '<Enter>'], {type: 'switch-regions', regions: ['eu-west-1']}],
    [
      ['R', '<Down>', '<Down>', ' ', '<Down>', ' ', '<Down>', ' ', ' ', '<Enter>'],
      {
        ...{type: 'switch-regions', regions: [REGION, 'eu-west-1']},
      },
    ],
    [[':region', '<Enter>', '<Down>', '<Enter>'], {type: 'switch-regions', regions: 'all'}],
  ])('%j asks for it', (keys, wish) => {
    const {state, asked} = press(board(choosing), keys)

    expect([asked, state.ui.prompt]).toEqual([[wish], undefined])
  })

  test('what nothing holds is not taken, and what cannot be chosen says why', () => {
    const nothing = press(board(choosing), ['p', 'zzz', '<Enter>'])
    const subject = {account: '1', profile: null, regions: [], simulated: true, replayed: true}

    expect([nothing.asked, noteOf(nothing.state), nothing.state.ui.prompt?.kind]).toEqual([
      ...[[], 'Nothing in the list holds "zzz".', 'choose'],
    ])
    expect(noteOf(press(board(), ['p']).state)).toBe('No profile is known on this machine.')
    expect(noteOf(press(board({...choosing, subject}), ['R']).state)).toBeUndefined()
  })
})

describe('actions', () => {
  const stop = {name: 'stop', effect: 'Stops it.', confirm: 'job a'} as const
  const collect = {name: 'collect', effect: 'Writes the result.', confirm: 'collect'} as const
  const acting = (actions: readonly (typeof stop | typeof collect)[], allowActions = true) =>
    liveBoard([jobsRead([job('a', {actions}), job('b')])], {allowActions})
  const ask = {view: 'jobs', row: 'a', action: 'stop'}

  test('an action is done only when what it asks for was typed to the letter', () => {
    const refused = press(acting([stop]), ['x', 'job', '<Enter>'])
    const granted = press(refused.state, [' a', '<Enter>'])

    expect([refused.asked, noteOf(refused.state), refused.state.ui.prompt?.text]).toEqual([
      ...[[], 'Nothing was done. Type job a to stop, Esc to leave it.', 'job'],
    ])
    expect([granted.asked, granted.state.ui.prompt]).toEqual([[{type: 'act', ask}], undefined])
  })

  test('a paste does not confirm by itself, nor do keys typed ahead', () => {
    expect(press(acting([stop]), ['xjob a\r']).asked).toEqual([])
    expect(press(acting([stop]), ['xjob a', '<Enter>']).asked).toEqual([{type: 'act', ask}])
  })

  test('of two actions one is chosen first', () => {
    expect(press(acting([stop, collect]), ['x', '<Down>', '<Enter>', 'collect', '<Enter>']).asked).toEqual([
      {type: 'act', ask: {...ask, action: 'collect'}},
    ])
  })

  test('what the row does not offer any more is not done', () => {
    const open = press(acting([stop]), ['x', 'job a']).state
    const gone = press(reduceLive(open, jobsRead([job('a'), job('b')], START_MS + 1)), ['<Enter>'])

    expect([gone.asked, gone.state.ui.prompt, noteOf(gone.state)]).toEqual([
      ...[[], undefined, 'Nothing was done: the row changed, and does not offer it any more.'],
    ])
  })

  test('without leave nothing can be done, and a row without actions says so', () => {
    const locked = press(acting([stop], false), ['x', 'job a', '<Enter>'])

    expect([locked.asked, noteOf(locked.state)]).toEqual([
      ...[[], 'The board only looks. Start it with --allow-actions to act.'],
    ])
    expect(noteOf(press(acting([stop]), ['jx']).state)).toBe('Nothing can be done about this row.')
    expect(press(locked.state, [':', '<Esc>']).state.ui.prompt).toBeUndefined()
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

  test('help is closed by any key, which does nothing else, but q quits', () => {
    const help = press(board(), ['?']).state

    expect([help.ui.help, press(help, ['j']).state.ui.help, standing(press(help, ['j']).state)]).toEqual([
      ...[true, false, 'jobs a'],
    ])
    expect(press(help, ['<Esc>']).state.ui.help).toBe(false)
    expect(press(help, ['q']).asked).toEqual([{type: 'quit'}])
    expect(press(board(), [':help', '<Enter>']).state.ui.help).toBe(true)
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
