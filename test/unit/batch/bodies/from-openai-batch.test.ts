import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {FamilyId} from '../../../../src/lib/batch/bodies/family.js'
import {familyById} from '../../../../src/lib/batch/bodies/family-of.js'
import {fromOpenAiBatch} from '../../../../src/lib/batch/bodies/from-openai-batch.js'
import {judgeBody} from '../../../support/judge-body.js'

interface Case {
  readonly name: string
  readonly family: FamilyId
  readonly line: unknown
  readonly modelInput?: unknown
  readonly told?: readonly string[]
}

const CASES: readonly Case[] = JSON.parse(readFileSync('test/cases/batch/openai-lines.json', 'utf8'))
const DEFAULTS = {maxTokens: 50, inputType: undefined}

test.each(CASES)('$family: $name', ({family, line, modelInput, told = []}) => {
  const losses: string[] = []

  const converted = fromOpenAiBatch(line, familyById(family), DEFAULTS, (code, severity, path) =>
    losses.push(`${severity} ${code} ${path}`),
  )

  expect(converted.modelInput).toEqual(modelInput)
  expect(losses).toEqual(told)
  if (modelInput !== undefined) {
    const {problems} = judgeBody(familyById(family), converted.modelInput)
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([])
  }
})

test('no line makes it fail, and what gives no record is told', () => {
  const families = fc.constantFrom<FamilyId>(
    'converse',
    'anthropic-messages',
    'chat-completions',
    'titan-text-embeddings',
    'llama',
  )
  const message = fc.record({
    role: fc.constantFrom('user', 'assistant', 'system', 'robot'),
    content: fc.jsonValue({maxDepth: 2}),
  })
  const body = fc.oneof(fc.jsonValue({maxDepth: 3}), fc.record({messages: fc.array(fc.oneof(message, fc.jsonValue()))}))
  fc.assert(
    fc.property(families, fc.oneof(fc.jsonValue(), fc.record({custom_id: fc.string(), body})), (family, line) => {
      let errors = 0
      const {modelInput} = fromOpenAiBatch(line, familyById(family), DEFAULTS, (_, severity) => {
        if (severity === 'error') errors += 1
      })

      expect(modelInput === undefined).toBe(errors > 0)
    }),
  )
})
