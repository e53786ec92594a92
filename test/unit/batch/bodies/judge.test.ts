import {readdirSync, readFileSync} from 'node:fs'
import {beforeAll, describe, expect, test} from 'vitest'
import type {BodyFamily} from '../../../../src/lib/batch/bodies/family.js'
import {familyOf} from '../../../../src/lib/batch/bodies/family-of.js'
import type {BatchApi} from '../../../../src/lib/batch/ports.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {judgeBody} from '../../../support/judge-body.js'

interface Cases {
  readonly model: string
  readonly api: BatchApi
  readonly cases: readonly {readonly name: string; readonly body: unknown; readonly problems: readonly string[]}[]
}

const FOLDER = 'test/cases/batch/bodies'
const FILES = readdirSync(FOLDER)

test('there are cases for every family', () => {
  expect(FILES.length).toBeGreaterThan(9)
})

describe.each(FILES)('%s', (file) => {
  const {api, cases, model}: Cases = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))
  let family: BodyFamily | undefined

  beforeAll(async () => {
    family = familyOf(model, await openCatalog(), api)
  })

  test.each(cases)('$name', ({body, problems}) => {
    if (!family) throw new Error(`no family for ${model}`)

    const judged = judgeBody(family, body)

    expect(
      judged.problems.map(
        ({code, fixable, path, severity}) => `${severity} ${code} ${path}${fixable === true ? ' fixable' : ''}`,
      ),
    ).toEqual(problems)
    for (const {text} of judged.problems) expect(text).toMatch(/^\S.{8,200}[.?]$/s)
  })
})
