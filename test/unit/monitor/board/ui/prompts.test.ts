import {describe, expect, test} from 'vitest'
import type {BoardState} from '../../../../../src/lib/monitor/board/state.js'
import {lastCrumb} from '../../../../../src/lib/monitor/board/ui/shown.js'
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
  watching,
} from '../../../../support/live-board.js'

const JOBS = [...'abcdefgh'].map((id, at) => job(id, {done: at, state: at % 2 === 0 ? 'InProgress' : 'Failed'}))
const board = (start: Parameters<typeof liveBoard>[1] = {}) => liveBoard([jobsRead(JOBS)], start)
const noteOf = (state: BoardState) => state.ui.note?.text

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

  test('up goes through the commands of before where none of the completions is chosen', () => {
    const before = [':events', '<Enter>', ':jobs', '<Enter>', ':']
    const text = (...keys: readonly string[]) => press(board(), [...before, ...keys]).state.ui.prompt?.text

    expect([text('<Up>'), text('<Up>', '<Up>'), text('<Up>', '<Up>', '<Up>')]).toEqual(['jobs', 'events', 'events'])
    expect([text('x', '<Up>'), text('<Down>', '<Up>')]).toEqual(['x', ''])
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

  test.each([
    [['R', ' ', '<Down>', ' '], ['all']],
    [['R', ' ', '<Down>', '<Down>', '<Down>', ' '], ['us-east-1']],
    [
      ['R', '<Down>', '<Down>', ' ', '<Down>', ' '],
      [REGION, 'us-east-1'],
    ],
    [['R', '<Down>', '<Down>', ' ', '<Up>', ' '], ['all']],
    [['R', '<Down>', ' ', ' '], []],
  ])('%j ticks %j: a word for Regions stands alone', (keys, picked) => {
    const {prompt} = press(board({regions: [REGION, 'us-east-1']}), keys).state.ui

    expect(prompt).toMatchObject({kind: 'choose', picked})
  })

  test('what nothing holds is not taken, and what cannot be chosen says why', () => {
    const nothing = press(board(choosing), ['p', 'zzz', '<Enter>'])
    const of = (subject: Parameters<typeof watching>[1]) =>
      reduceLive(board(choosing), watching([['jobs', REGION]], subject))

    expect([nothing.asked, noteOf(nothing.state), nothing.state.ui.prompt?.kind]).toEqual([
      ...[[], 'Nothing in the list holds "zzz".', 'choose'],
    ])
    expect(noteOf(press(board(), ['p']).state)).toBe('No profile is known on this machine.')
    const alone = reduceLive(board(), watching([['jobs', REGION]], {simulated: true}))
    expect(noteOf(press(alone, ['p']).state)).toBe('The sandbox has one account.')
    expect(press(of({simulated: true}), ['p']).state.ui.prompt?.kind).toBe('choose')
    expect(['p', 'R', 'r', '+'].map((key) => noteOf(press(of({replayed: true}), [key]).state))).toEqual([
      'A recording shows the account that it has.',
      'A recording shows the Regions that it has.',
      'A recording cannot be looked at anew.',
      'A recording has the pace that it was made with.',
    ])
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
    const locked = press(acting([stop], false), ['x', '<Enter>'])

    expect([locked.asked, noteOf(locked.state)]).toEqual([
      ...[[], 'The board only looks. Start it with --allow-actions to act.'],
    ])
    expect(noteOf(press(acting([stop]), ['x', 'wrong', '<Enter>', '<Esc>']).state)).toBeUndefined()
    expect(noteOf(press(acting([stop]), ['jx']).state)).toBe('Nothing can be done about this row.')
    expect(
      noteOf(press(liveBoard([jobsRead([job('a', {message: 'Committed.'})])], {allowActions: true}), ['x']).state),
    ).toBe('Nothing can be done about this row: Committed.')
    expect(press(locked.state, [':', '<Esc>']).state.ui.prompt).toBeUndefined()
  })
})
