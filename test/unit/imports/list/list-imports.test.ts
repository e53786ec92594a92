import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {listImports} from '../../../../src/lib/imports/list/list-imports.js'
import {readImports} from '../../../../src/lib/imports/list/read-imports.js'
import type {ImportSource} from '../../../../src/lib/imports/ports.js'
import {importedModel, importJob} from '../../../support/import-case.js'

const NOW = Date.parse('2026-11-21T12:30:00.000Z')
const ENDED = '2026-11-21T12:25:00.000Z'
const DONE = importJob({state: 'Completed', modelArn: importedModel().arn, endedAt: ENDED})
const DENIED = new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})

const source = (over: Partial<ImportSource>): Pick<ImportSource, 'jobs' | 'model' | 'models'> => ({
  jobs: async () => [],
  model: async () => undefined,
  models: async () => [],
  ...over,
})

test('a job and its model are one row, and a model whose job is not listed is one too', () => {
  const other = importedModel({
    id: 'm0d2',
    arn: 'arn:other',
    name: 'old',
    jobArn: 'arn:gone',
    createdAt: '2025-01-01T00:00:00Z',
  })
  const rows = listImports([{jobs: [DONE], models: [importedModel(), other]}], {nowMs: NOW, state: undefined})

  expect(rows.map(({name, state, modelArn}) => [name, state, modelArn])).toEqual([
    ['tiny', 'Completed', importedModel().arn],
    ['old', 'Completed', 'arn:other'],
  ])
})

test('an import whose model is gone says so', () => {
  expect(listImports([{jobs: [DONE], models: []}], {nowMs: NOW, state: 'deleted'})).toMatchObject([{state: 'Deleted'}])
})

test('a model that has just been made is looked up where lists do not show it yet', async () => {
  const {read} = await readImports(
    ['us-east-1'],
    source({jobs: async () => [DONE], model: async () => importedModel()}),
    NOW,
    undefined,
  )

  expect(read).toEqual([{jobs: [DONE], models: [importedModel()]}])
})

test('a Region that cannot be read is named; where none can, that is the failure', async () => {
  const jobs = async (region: string) => {
    if (region === 'us-west-2') throw DENIED
    return [DONE]
  }
  const some = source({jobs})
  const {read, unread} = await readImports(['us-east-1', 'us-west-2'], some, NOW, undefined)

  expect(read[0]?.jobs).toEqual([DONE])
  expect(unread).toMatchObject([{region: 'us-west-2', code: 'ACCESS_DENIED'}])
  await expect(readImports(['us-west-2'], some, NOW, undefined)).rejects.toBe(DENIED)
})
