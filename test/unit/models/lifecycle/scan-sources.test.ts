import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {open} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {createJudge} from '../../../../src/lib/models/lifecycle/judge-mention.js'
import {scanSources} from '../../../../src/lib/models/lifecycle/scan-sources.js'

const AT = new Date('2026-11-21T12:00:00Z')
const DEAD = 'anthropic.claude-v2:1'
const catalog = await openCatalog({now: AT})
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrockctl-scan-'))
})

afterEach(() => {
  rmSync(folder, {recursive: true, force: true})
})

function write(files: Readonly<Record<string, string | Buffer>>) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), {recursive: true})
    writeFileSync(path, content)
  }
}

const scan = (folders: readonly string[] = [folder], signal = new AbortController().signal) =>
  scanSources(folders, createJudge({catalog, offers: [], at: AT}, undefined), {signal})

async function filesWithFindings(folders?: readonly string[]) {
  const {findings} = await scan(folders)
  return findings.map(({file}) => file.slice(folder.length + 1))
}

const TREE = {
  'app.py': `model = '${DEAD}'\n`,
  'out/gen.py': DEAD,
  'lib/keep.log': DEAD,
  'lib/drop.log': DEAD,
  'lib/deep/a.ts': DEAD,
  '.gitignore': '*.log\n/out/\n',
  'lib/.gitignore': '!keep.log\n',
}

test('outside Git every .gitignore counts for what lies below it', async () => {
  write({...TREE, 'node_modules/x/index.js': DEAD})

  expect(await filesWithFindings()).toEqual(['app.py', 'lib/deep/a.ts', 'lib/keep.log'])
})

test('inside a Git work tree Git says which files count: known, or new and not ignored', async () => {
  write({...TREE, 'node_modules/x/index.js': DEAD, 'gone.py': DEAD})
  const git = (...words: readonly string[]) => execFileSync('git', words, {cwd: folder, stdio: 'ignore'})
  git('init')
  git('add', 'app.py', 'gone.py')
  git('add', '--force', 'out/gen.py')
  rmSync(join(folder, 'gone.py'))

  expect(await filesWithFindings()).toEqual([
    'app.py',
    'lib/deep/a.ts',
    'lib/keep.log',
    'node_modules/x/index.js',
    'out/gen.py',
  ])
})

test('a folder that Git ignores is scanned when it is the one that was named', async () => {
  write(TREE)
  execFileSync('git', ['init'], {cwd: folder, stdio: 'ignore'})

  expect(await filesWithFindings([join(folder, 'out')])).toEqual(['out/gen.py'])
})

test('binary and large files are counted, links are not followed, overlapping folders are read once', async () => {
  write({'a/app.py': DEAD, 'a/b.bin': Buffer.from(`\0${DEAD}`), 'a/big.json': Buffer.alloc(5 * 1024 * 1024 + 1, 'x')})
  symlinkSync(join(folder, 'a', 'app.py'), join(folder, 'link.py'))

  const {files, findings} = await scan([folder, join(folder, 'a'), join(folder, 'a', 'app.py')])

  expect(files).toEqual({read: 1, binary: 1, tooLarge: 1})
  expect(findings).toHaveLength(1)
})

test('a file that may not be read is told and stops nothing', async () => {
  write({'a.py': DEAD, 'b.py': DEAD})
  const judge = createJudge({catalog, offers: [], at: AT}, undefined)
  const openFile: typeof open = async (path, flags) => {
    if (String(path).endsWith('b.py')) throw Object.assign(new Error('EACCES'), {code: 'EACCES'})
    return open(path, flags)
  }

  const {skipped, findings} = await scanSources([folder], judge, {signal: new AbortController().signal, openFile})

  expect(skipped).toEqual([{file: join(folder, 'b.py'), reason: 'permission denied'}])
  expect(findings).toHaveLength(1)
})

test('a link in a Git work tree is not followed; one that was named is', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'bedrockctl-outside-'))
  writeFileSync(join(outside, 'secret.py'), DEAD)
  symlinkSync(join(outside, 'secret.py'), join(folder, 'link.py'))
  execFileSync('git', ['init'], {cwd: folder, stdio: 'ignore'})

  const whole = await scan()
  const named = await scan([join(folder, 'link.py')])
  rmSync(outside, {recursive: true})

  expect(whole.findings).toEqual([])
  expect(named.findings).toHaveLength(1)
})

test('findings stand in the order of files, lines and columns, and uses are counted', async () => {
  write({'b.py': `\n${DEAD}, ${DEAD}\n${DEAD}`, 'a.py': `${DEAD}\r\n  ${DEAD}`})

  const {findings, uses} = await scan()

  expect(findings.map(({file, line, column}) => [file.slice(-4), line, column])).toEqual([
    ['a.py', 1, 1],
    ['a.py', 2, 3],
    ['b.py', 2, 1],
    ['b.py', 2, DEAD.length + 3],
    ['b.py', 3, 1],
  ])
  expect(uses).toEqual([{text: DEAD, modelId: DEAD, count: 5}])
})

test('a folder that is not there is a usage error', async () => {
  await expect(scan([folder, join(folder, 'nowhere')])).rejects.toMatchObject({
    code: 'NO_SUCH_FOLDER',
    exitCode: 2,
    message: expect.stringContaining('nowhere'),
  })
})

test('an interrupted scan answers with what it has and says that it is not complete', async () => {
  write(TREE)
  const stop = new AbortController()
  stop.abort()

  const {complete, findings} = await scan([folder], stop.signal)

  expect(complete).toBe(false)
  expect(findings.length).toBeLessThan(3)
})
