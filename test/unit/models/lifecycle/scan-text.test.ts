import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {createFinder} from '../../../../src/lib/models/lifecycle/find-mentions.js'
import {createJudge} from '../../../../src/lib/models/lifecycle/judge-mention.js'

interface Case {
  readonly lang: string
  readonly line: string
  readonly findings: readonly (readonly [rule: string, severity: string, column: number, text: string])[]
}

const {cases}: {readonly cases: readonly Case[]} = JSON.parse(readFileSync('test/cases/scan/sources.json', 'utf8'))
const AT = new Date('2026-11-21T12:00:00Z')
const catalog = await openCatalog({now: AT})
const judge = createJudge({catalog, offers: [], at: AT}, undefined)
const find = createFinder(judge.providers)

test.each(cases)('$lang: $line', ({line, findings}) => {
  const found = find(line).flatMap((mention) =>
    judge.judge(mention).problems.map(({rule, severity}) => [rule, severity, mention.column, mention.text]),
  )

  expect(found).toEqual(findings)
})

test('every id of the catalog that can be called is found as it stands, in quotes, in an ARN and in prose', () => {
  const ids = catalog.models.flatMap(({id, profiles, contextVariants}) => [
    id,
    ...contextVariants,
    ...profiles.map((profile) => profile.id),
  ])

  const missed = ids.filter((id) => {
    const mentions = find(`x = "${id}"\n(${id})\narn:aws:bedrock:us-east-1::foundation-model/${id}\nSee ${id}.`)
    return mentions.length !== 4 || mentions.some((mention) => mention.id !== id)
  })

  expect(missed).toEqual([])
  expect(ids.length).toBeGreaterThan(300)
})

test('an end of life that is near enough is an error', () => {
  const soon = createJudge({catalog, offers: [], at: AT}, 150)

  const {problems} = soon.judge({text: 'x', id: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', arn: null})

  expect(problems).toMatchObject([{rule: 'legacy', severity: 'error'}])
})

test('a slip names what may be meant', () => {
  const {problems} = judge.judge({text: 'x', id: 'anthropic.claude-sonet-4-6', arn: null})

  expect(problems[0]?.remedy).toContain('anthropic.claude-sonnet-4-6')
})

const piece = fc.oneof(
  fc.string({unit: 'binary', maxLength: 12}),
  fc.constantFrom(
    'anthropic.',
    'claude-',
    'eu.',
    'amazon.nova-lite-v1:0',
    '\n',
    '\r\n',
    '"',
    'arn:aws:bedrock:',
    '::',
    '%3A',
    '…',
    '-2',
    '.',
  ),
  fc.constantFrom('us-east-1', 'foundation-model/', 'inference-profile/', 'meta.llama3-8b-instruct-v1:0', '😀', '\t'),
)

test('whatever the text, scanning it does not fail, and line and column point at what was found', () => {
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 30}), (pieces) => {
      const text = pieces.join('')
      const lines = text.split('\n')

      for (const mention of find(text)) {
        judge.judge(mention)
        expect(lines[mention.line - 1]?.slice(mention.column - 1, mention.column - 1 + mention.text.length)).toBe(
          mention.text,
        )
      }
    }),
    {numRuns: 500},
  )
})
