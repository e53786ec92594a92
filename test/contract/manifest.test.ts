import {describe, expect, test} from 'vitest'
import {readCommands} from '../../scripts/generate/manifest.js'
import {sourceFiles} from '../support/source-graph.js'

const commands = readCommands()

test('the manifest holds every command of the sources and no other', () => {
  const files = sourceFiles().filter((file) => file.startsWith('src/commands/'))
  const ids = files.map((file) =>
    file
      .replace(/^src\/commands\//, '')
      .replace(/(\/index)?\.ts$/, '')
      .replaceAll('/', ':'),
  )

  const known = new Set(readCommands({hidden: true}).map(({id}) => id))

  expect(known).toEqual(new Set(ids))
})

describe.each(commands.map((command) => [command.id, command] as const))('%s', (_, command) => {
  test('says in one phrase what it answers', () => {
    expect(command.summary).toMatch(/^[a-z][^\n]*[^.\n]$/)
  })

  test('shows examples that work as pasted', () => {
    const shown = (command.examples ?? []).map((example) => (typeof example === 'string' ? example : example.command))

    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter((example) => !example.includes('<%= config.bin %>'))).toEqual([])
  })

  test('names the AWS actions it may call, or none', () => {
    const actions = command.permissions ?? []

    expect(command.permissions).toBeDefined()
    expect(actions.filter((action) => !/^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]+$/.test(action))).toEqual([])
    expect(new Set(actions).size).toBe(actions.length)
  })

  test('describes each of its flags and arguments', () => {
    const parts = [...Object.values(command.flags), ...Object.values(command.args)].filter(
      ({hidden}) => hidden !== true,
    )

    expect(parts.filter(({description}) => (description ?? '') === '').map(({name}) => name)).toEqual([])
    expect(parts.length).toBeGreaterThan(10)
  })

  test('sends its readers to commands that exist', () => {
    const words = new Set(commands.map(({id}) => id.replaceAll(':', ' ')))

    expect((command.seeAlso ?? []).filter((name) => !words.has(name.replaceAll(':', ' ')))).toEqual([])
  })
})

test('an environment twin is the name of its flag', () => {
  const twins = commands.flatMap(({flags}) => Object.values(flags)).filter(({env}) => env !== undefined)

  const strays = twins.filter(({name, env}) => env !== `BEDROCKCTL_${name.toUpperCase().replaceAll('-', '_')}`)

  expect(strays.map(({name, env}) => `${name}: ${env}`)).toEqual([])
  expect(twins.length).toBeGreaterThan(0)
})

test('one letter means one flag everywhere', () => {
  const meanings = new Map<string, Set<string>>()
  for (const {flags} of commands) {
    for (const {char, name} of Object.values(flags)) {
      if (char) meanings.set(char, (meanings.get(char) ?? new Set()).add(name))
    }
  }

  expect([...meanings].filter(([, names]) => names.size > 1).map(([char, names]) => `-${char}: ${[...names]}`)).toEqual(
    [],
  )
  expect(meanings.size).toBeGreaterThan(0)
})
