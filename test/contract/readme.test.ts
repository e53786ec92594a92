import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {readCommands, wordsOf} from '../../scripts/generate/manifest.js'
import {EXIT} from '../../src/lib/core/errors.js'

const readme = readFileSync('README.md', 'utf8')
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...markdownBelow('docs')]
const commands = readCommands()

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

/** Lines of the fenced `sh` and `console` blocks that start our program, without prompt and without comment. */
function examplesIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```(?:sh|console)\n(.*?)^```/gms)].map(([, body]) => body ?? '')
  return blocks
    .flatMap((body) => body.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/^\$ /, '').replace(/\s+#.*$/, ''))
    .filter((line) => /^bedrockctl( |$)/.test(line))
}

/** What an example gets wrong: a command or a flag that does not exist. */
function wrongIn(example: string): readonly string[] {
  const [own = ''] = example.replace(/^bedrockctl ?/, '').split(/ [|>;&]|; /)
  const words = own.split(/\s+/).filter((word) => word !== '')
  if (['--help', '--version', 'help'].includes(words[0] ?? '--help')) return []
  const command = commands
    .filter((candidate) => `${own} `.startsWith(`${wordsOf(candidate)} `))
    .sort((a, b) => b.id.length - a.id.length)[0]
  if (!command) return [`no such command: ${example}`]
  const names = new Set(
    Object.values(command.flags).flatMap(({name, allowNo}) => (allowNo ? [name, `no-${name}`] : [name])),
  )
  const letters = new Set(Object.values(command.flags).map(({char}) => char))
  return words
    .filter((word) => word.startsWith('-') && word !== '-')
    .filter((word) => {
      if (word === '--help') return false
      const long = /^--([a-z-]+)/.exec(word)?.[1]
      return long === undefined ? !letters.has(word.slice(1, 2)) : !names.has(long)
    })
    .map((flag) => `no flag ${flag}: ${example}`)
}

describe('README.md', () => {
  test('has exactly two set-up commands, and the scripts they run exist', () => {
    const setUp = readme.split('\n').filter((line) => line.startsWith('npm ci'))
    const {scripts} = JSON.parse(readFileSync('package.json', 'utf8'))

    expect(setUp).toEqual(['npm ci && npm run demo', 'npm ci && npm test'])
    expect(scripts).toMatchObject({demo: expect.any(String), test: expect.any(String)})
  })

  test('lists the exit codes of the program', () => {
    const section = readme.split('## Exit codes')[1]?.split('\n## ')[0] ?? ''
    const listed = [...section.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))

    expect(listed).toEqual(Object.values(EXIT))
  })

  test('names every global flag that has an environment twin', () => {
    const twins = Object.values(commands[0]?.flags ?? {}).flatMap(({env}) => env ?? [])

    expect(twins.filter((name) => !readme.includes(name))).toEqual([])
    expect(twins.length).toBeGreaterThan(5)
  })
})

test.each(documents)('%s links to files that exist', (document) => {
  const targets = [...readFileSync(document, 'utf8').matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(
    ([, target]) => target ?? '',
  )
  const local = targets.filter((target) => !/^(https?|mailto):/.test(target))

  expect(local.filter((target) => !existsSync(join(dirname(document), target)))).toEqual([])
})

test('every example names commands and flags that exist', () => {
  const examples = documents.flatMap((document) =>
    examplesIn(readFileSync(document, 'utf8')).map((line) => ({document, line})),
  )

  expect(examples.flatMap(({document, line}) => wrongIn(line).map((wrong) => `${document}: ${wrong}`))).toEqual([])
  expect(examples.length).toBeGreaterThan(20)
})
