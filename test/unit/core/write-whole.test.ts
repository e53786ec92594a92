import {mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {writeWhole} from '../../../src/lib/core/write-whole.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-'))
})
afterEach(() => rm(folder, {recursive: true}))

async function* parts(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield text
}

test('a text and its parts make the same file', async () => {
  const long = 'ä'.repeat(100_000)
  await writeWhole(join(folder, 'whole'), `${long}end`)
  await writeWhole(join(folder, 'parts'), parts(long, '', 'end'))

  expect(await readFile(join(folder, 'parts'), 'utf8')).toBe(await readFile(join(folder, 'whole'), 'utf8'))
  expect(await readdir(folder)).toEqual(['parts', 'whole'])
})

test('parts that break off leave the old file and no draft', async () => {
  const file = join(folder, 'kept')
  await writeFile(file, 'old')
  async function* broken() {
    yield 'n'.repeat(200_000)
    throw new Error('no more')
  }

  await expect(writeWhole(file, broken())).rejects.toThrow('no more')

  expect(await readFile(file, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['kept'])
})

test('a link stays a link, and what it names is written', async () => {
  await writeFile(join(folder, 'real'), 'old')
  await symlink(join(folder, 'real'), join(folder, 'link'))

  await writeWhole(join(folder, 'link'), 'new')

  expect(await readFile(join(folder, 'real'), 'utf8')).toBe('new')
})

test('a mode that keeps others out is kept', async () => {
  const file = join(folder, 'private')

  await writeWhole(file, 'x', {mode: 0o600})

  expect((await stat(file)).mode & 0o777).toBe(0o600)
})
