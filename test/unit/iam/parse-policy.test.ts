import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {compilePolicy} from '../../../src/lib/iam/compile-policy.js'
import {parsePolicy} from '../../../src/lib/iam/parse-policy.js'
import type {PolicyKind} from '../../../src/lib/iam/policy-document.js'
import {readCases} from './read-cases.js'

interface DocumentCase {
  readonly name: string
  readonly kind: PolicyKind
  readonly policy: unknown
  readonly repeatResource?: readonly [string, number]
  readonly problems: readonly (readonly [path: string, code: string])[]
  readonly accepted: boolean
}

const KINDS: readonly PolicyKind[] = ['identity', 'boundary', 'session', 'scp', 'rcp', 'resource', 'trust', 'endpoint']

describe('parsePolicy', () => {
  test.each(readCases<DocumentCase>('documents'))('$name', ({kind, policy, repeatResource, problems, accepted}) => {
    const result = parsePolicy(repeatResource ? largePolicy(repeatResource) : policy, {kind})

    expect(result.problems.map(({path, code}) => [path, code])).toEqual(problems)
    expect(result.document !== undefined).toBe(accepted)
  })

  test('the size is that of the text without white space', () => {
    const policy = {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}}
    const size = JSON.stringify(policy).length

    const spaced = JSON.stringify(policy, null, 8)

    expect(parsePolicy(spaced, {kind: 'identity', sizeLimit: size}).problems).toEqual([])
    expect(parsePolicy(spaced, {kind: 'identity', sizeLimit: size - 1}).problems).toMatchObject([{code: 'TOO_LARGE'}])
  })

  test('no text makes it throw, and what it refuses has an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...KINDS), (text, kind) => {
        const {document, problems} = parsePolicy(text, {kind})

        expect(document === undefined).toBe(problems.some(({severity}) => severity === 'error'))
      }),
    )
  })

  test('nothing put in place of an element makes it throw', () => {
    const element = fc.oneof(fc.jsonValue(), fc.constant({StringLike: {'a:b': ['*']}}), fc.constant(['bedrock:*', '*']))
    const names = [
      'Sid',
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    ]
    const statement = fc.dictionary(fc.constantFrom(...names), element)

    fc.assert(
      fc.property(fc.array(statement), fc.jsonValue(), fc.constantFrom(...KINDS), (Statement, Version, kind) => {
        const compiled = compilePolicy({Version, Statement}, {kind, name: 'any'})

        expect(compiled.refused).toBe(compiled.problems.some(({severity}) => severity === 'error'))
        expect(compiled.statementsFor('bedrock:invokemodel').length).toBeLessThanOrEqual(Statement.length)
      }),
    )
  })

  test('a key that is also a member of every object is no element', () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}], "__proto__": {}}'

    expect(parsePolicy(text, {kind: 'identity'}).problems).toMatchObject([{code: 'UNKNOWN_ELEMENT'}])
  })
})

function largePolicy([resource, count]: readonly [string, number]): object {
  const statement = {Effect: 'Allow', Action: '*', Resource: Array.from({length: count}, () => resource)}
  return {Version: '2012-10-17', Statement: [statement]}
}
