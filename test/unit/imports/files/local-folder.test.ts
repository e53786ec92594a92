import {execFileSync} from 'node:child_process'
import {mkdir, rename, rm, symlink, truncate, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {openLocalFolder} from '../../../../src/lib/imports/files/local-folder.js'
import {tinyFolder} from '../../../support/tiny-model.js'

async function folder(): Promise<string> {
  const path = await tinyFolder()
  onTestFinished(() => rm(path, {recursive: true}))
  return path
}

test('lists files in the order of their paths, and reads parts of them', async () => {
  const path = await folder()
  await mkdir(join(path, 'metal'))
  await writeFile(join(path, 'metal', 'model.bin'), '0123456789')

  const model = await openLocalFolder(path)
  const {files, odd} = await model.list()
  const file = files.find((one) => one.path === 'metal/model.bin')

  expect(files.map((one) => one.path)).toEqual([...files.map((one) => one.path)].sort())
  expect(odd).toEqual([])
  expect(file && String(await model.read(file, 2, 5))).toBe('234')
  expect(file && String(await model.read(file, 8, 99))).toBe('89')
})

test('links that stay inside are files, all others are told and never read', async () => {
  const path = await folder()
  await rename(join(path, 'config.json'), join(path, 'own.json'))
  await symlink('own.json', join(path, 'config.json'))
  await symlink('/etc/passwd', join(path, 'tokenizer.model'))
  await symlink('nowhere', join(path, 'merges.txt'))
  await symlink('loop', join(path, 'loop'))
  await symlink('..', join(path, 'up'))
  execFileSync('mkfifo', [join(path, 'pipe.json')])

  const model = await openLocalFolder(path)
  const {files, odd} = await model.list()

  expect(files.map((one) => one.path)).toContain('config.json')
  expect(odd.map((one) => [one.path, one.kind])).toEqual([
    ['loop', 'link-loop'],
    ['merges.txt', 'link-dangling'],
    ['pipe.json', 'special'],
    ['tokenizer.model', 'link-out'],
    ['up', 'link-out'],
  ])
})

test('a name that is not UTF-8 is told and not read', async () => {
  const path = await folder()
  await writeFile(Buffer.concat([Buffer.from(`${path}/bad`), Buffer.from([0xff, 0xfe])]), 'x')

  const {files, odd} = await (await openLocalFolder(path)).list()

  expect(odd).toEqual([{path: 'bad\ufffd\ufffd', kind: 'unnameable'}])
  expect(files.map((one) => one.path)).toContain('config.json')
})

test('a file that became a link after it was listed is not followed', async () => {
  const path = await folder()
  const model = await openLocalFolder(path)
  const {files} = await model.list()
  await rm(join(path, 'config.json'))
  await symlink('/etc/passwd', join(path, 'config.json'))

  const file = files.find((one) => one.path === 'config.json')

  await expect(file && model.read(file, 0, 100)).rejects.toMatchObject({code: 'INPUT_UNREADABLE'})
})

test('folders of tools are named and not looked into', async () => {
  const path = await folder()
  await mkdir(join(path, '.git', 'objects'), {recursive: true})
  await writeFile(join(path, '.git', 'objects', 'one'), 'x')

  const {files, unseen} = await (await openLocalFolder(path)).list()

  expect(unseen).toEqual(['.git'])
  expect(files.some((one) => one.path.startsWith('.git'))).toBe(false)
})

test('a file of terabytes is read in its part alone', async () => {
  const path = await folder()
  await truncate(join(path, 'config.json'), 2 ** 42)
  const model = await openLocalFolder(path)
  const {files} = await model.list()
  const file = files.find((one) => one.path === 'config.json')

  expect(file?.bytes).toBe(2 ** 42)
  expect(file && (await model.read(file, 2 ** 41, 2 ** 41 + 10)).length).toBe(10)
})

test.each([
  ['/no/such/folder', 'INPUT_MISSING'],
  ['package.json', 'INPUT_NOT_A_FOLDER'],
])('%s is refused with %s', async (path, code) => {
  await expect(openLocalFolder(path)).rejects.toMatchObject({code})
})
