import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type LineProblem, ProblemGroups} from '../../../src/lib/jsonl/problem-groups.js'

function problem(line: number, changes: Partial<LineProblem> = {}): LineProblem {
  return {code: 'A', severity: 'error', line, text: 'Something is wrong.', ...changes}
}

test('problems of one code and path are one group, with their count and the first lines', () => {
  const groups = new ProblemGroups({firstLines: 2})
  groups.add(problem(1, {severity: 'warning', code: 'W'}))
  for (const line of [3, 4, 5]) groups.add(problem(line, {path: 'modelInput.x'}))
  groups.add(problem(2, {path: 'modelInput.y'}))

  expect(groups.groups().map(({code, path, count, lines}) => [code, path, count, lines.map(({line}) => line)])).toEqual(
    [
      ['A', 'modelInput.y', 1, [2]],
      ['A', 'modelInput.x', 3, [3, 4]],
      ['W', undefined, 1, [1]],
    ],
  )
})

test('a group is fixable when each of its problems is', () => {
  const groups = new ProblemGroups()
  groups.add(problem(1, {code: 'ALL', fixable: true}))
  groups.add(problem(2, {code: 'SOME', fixable: true}))
  groups.add(problem(3, {code: 'SOME'}))

  expect(groups.groups().map(({code, fixable}) => [code, fixable])).toEqual([
    ['ALL', true],
    ['SOME', false],
  ])
})

test('any number of paths makes a bounded number of groups, and no problem is lost', () => {
  const groups = new ProblemGroups({pathsPerCode: 10})
  for (let line = 1; line <= 5000; line += 1) groups.add(problem(line, {path: `modelInput.${line}`}))

  const all = groups.groups()
  expect(all).toHaveLength(11)
  expect(all.reduce((sum, {count}) => sum + count, 0)).toBe(5000)
  expect(all.filter(({path}) => path === undefined).map(({count}) => count)).toEqual([4990])
})

test('what comes from outside is cut and safe for a terminal', () => {
  const groups = new ProblemGroups()
  groups.add(problem(1, {path: `\u001b[31m${'x'.repeat(10_000)}`, text: 'y'.repeat(9000)}), () => 'a\nb\u0007')

  const [group] = groups.groups()
  expect(group?.path).toMatch(/^x{79}…$/)
  expect(group?.lines[0]?.recordId).toBe('a b')
  expect(group?.text.length).toBe(300)
})

test('parts merged in order are what one run over all of them finds', () => {
  const one = fc.record({
    code: fc.constantFrom('A', 'B'),
    severity: fc.constant('error' as const),
    path: fc.option(fc.constantFrom('x', 'y', 'z', '', 'v'), {nil: undefined}),
    fixable: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(fc.array(one)), (parts) => {
      const limits = {firstLines: 3, pathsPerCode: 2}
      const whole = new ProblemGroups(limits)
      const merged = new ProblemGroups(limits)
      let before = 0
      for (const part of parts) {
        const own = new ProblemGroups({firstLines: 3})
        for (const [index, changes] of part.entries()) {
          own.add(problem(index + 1, changes))
          whole.add(problem(before + index + 1, changes))
        }
        merged.merge(own.groups(), before)
        before += part.length
      }
      expect(merged.groups()).toEqual(whole.groups())
    }),
  )
})

test('a sentence is built for the first problem of a group alone', () => {
  const groups = new ProblemGroups()
  let built = 0
  const text = () => `Something is wrong, ${++built}.`
  for (const line of [1, 2, 3]) groups.add(problem(line, {text}))

  expect(groups.groups()).toMatchObject([{count: 3, text: 'Something is wrong, 1.'}])
  expect(built).toBe(1)
})

test('a line with several of one problem is told once', () => {
  const groups = new ProblemGroups({firstLines: 2})
  for (const line of [1, 1, 1, 2, 3]) groups.add(problem(line))

  expect(groups.groups()).toMatchObject([{count: 5, lines: [{line: 1}, {line: 2}]}])
})

test('an id of any length is told in part, from another group too', () => {
  const long = 'x'.repeat(10_000_000)
  const groups = new ProblemGroups()
  groups.add(problem(1), () => long)
  const [group] = groups.groups()
  groups.merge(
    [
      {
        ...problem(1),
        text: 'So it is.',
        code: 'B',
        path: undefined,
        fixable: false,
        count: 1,
        lines: [{line: 1, recordId: long}],
      },
    ],
    0,
  )

  expect(group?.lines[0]?.recordId).toHaveLength(80)
  expect(groups.groups()[1]?.lines[0]?.recordId).toHaveLength(80)
})
