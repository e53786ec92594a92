import {describe, expect, test} from 'vitest'
import {constraintBreaches, wholeMatch} from '../../../src/lib/sandbox/constraint-breaches.js'
import {
  type Constraint,
  constrainedServices,
  constraintsOf,
  operationNames,
} from '../../../src/lib/sandbox/constraints.js'
import {SERVICES} from '../../../src/lib/sandbox/services.js'
import {operationsOf} from '../../../src/lib/sandbox/wire/schema.js'

function* patternsOf(constraint: Constraint): Generator<string> {
  if (constraint.pattern !== undefined) yield constraint.pattern
  for (const inner of [constraint.item, constraint.key, constraint.value]) if (inner) yield* patternsOf(inner)
}

describe('the table', () => {
  const patterns = new Set(
    constrainedServices.flatMap((id) =>
      Object.values(constraintsOf(id)).flatMap((members) =>
        Object.values(members).flatMap((each) => [...patternsOf(each)]),
      ),
    ),
  )

  test('every pattern compiles', () => {
    expect(patterns.size).toBeGreaterThan(80)
    expect([...patterns].filter((pattern) => !(wholeMatch(pattern) instanceof RegExp))).toEqual([])
  })

  test('no pattern needs long for a text of the kind that regular expressions choke on', () => {
    const hostile = `${'a'.repeat(60)}-${'0'.repeat(60)}!`
    const slow = [...patterns].filter((pattern) => {
      const started = performance.now()
      wholeMatch(pattern).test(hostile)
      return performance.now() - started > 250
    })

    expect(slow).toEqual([])
  })

  test('it names operations that the SDK has too', async () => {
    for (const {id, client} of SERVICES.filter((spec) => spec.fake && spec.id !== 'ec2')) {
      const known = operationsOf(await client())
      const missing = [...operationNames(id).keys()].filter((name) => !known.has(name))

      expect(missing, id).toEqual([])
    }
  })
})

describe('a constraint', () => {
  test.each<[Constraint, unknown, string[]]>([
    [{min: 2}, 'a', ['Member must have length greater than or equal to 2']],
    [{max: 1}, 2, ['Member must have value less than or equal to 1']],
    [{max: 1}, [1, 2], ['Member must have length less than or equal to 1']],
    [{max: 2}, Buffer.from('abc'), ['Member must have length less than or equal to 2']],
    [{pattern: '[a-z]+'}, 'ab1', ['Member must satisfy regular expression pattern: [a-z]+']],
    [{enum: ['A', 'B']}, 'C', ['Member must satisfy enum value set: [A, B]']],
    [
      {item: {max: 1}},
      ['aa', 'bb'],
      ['Member must satisfy constraint: [Member must have length less than or equal to 1]'],
    ],
    [{key: {max: 1}}, {aa: 1}, ['Map keys must satisfy constraint: [Member must have length less than or equal to 1]']],
    [{max: 2}, '😀😀', []],
    [{pattern: '[\\p{L}]+'}, 'éa', []],
    [{min: 1, pattern: 'a'}, '', ['Member must have length greater than or equal to 1']],
  ])('%j is broken by %j as AWS says it', (constraint, value, expected) => {
    expect(constraintBreaches(constraint, value)).toEqual(expected)
  })
})
