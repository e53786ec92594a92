import {beforeAll, describe, expect, test} from 'vitest'
import {BaseCommand} from '../../src/lib/cli/base-command.js'
import {COMMON_FORMATS, globalFlags} from '../../src/lib/cli/global-flags.js'
import {type CommandClass, commandIds, loadCommand} from '../support/command-classes.js'
import {runCli} from '../support/run-cli.js'

const IDS = commandIds()
const classes = new Map<string, CommandClass>()

beforeAll(async () => {
  for (const id of IDS) classes.set(id, await loadCommand(id))
})

function classOf(id: string): CommandClass {
  const command = classes.get(id)
  if (!command) throw new Error(`${id} was not loaded`)
  return command
}

test('there are commands to hold to the contract', () => {
  expect(IDS.length).toBeGreaterThan(3)
})

describe.each(IDS)('%s', (id) => {
  test('is a BaseCommand with a summary of one line', () => {
    const command = classOf(id)

    expect(command.prototype).toBeInstanceOf(BaseCommand)
    expect(command.summary).toMatch(/^[a-z][^\n]{9,99}[^.\n]$/)
  })

  test('has examples that begin with the program or a shell word', () => {
    const examples = (classOf(id).examples ?? []).map((example) =>
      typeof example === 'string' ? example : example.command,
    )

    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) expect(example).toContain('<%= config.bin %>')
  })

  test('declares its IAM actions', () => {
    const {permissions} = classOf(id)

    expect(Array.isArray(permissions)).toBe(true)
    for (const action of permissions ?? []) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
  })

  test('points only at commands that exist or are planned', () => {
    for (const other of classOf(id).seeAlso ?? []) expect(other).toMatch(/^[a-z]+( [a-z-]+){0,2}$/)
  })

  test('describes each flag and argument', () => {
    const {flags = {}, args = {}} = classOf(id)
    const described = [...Object.values(flags), ...Object.values(args)].map((item) => item.description ?? '')

    for (const description of described) expect(description).not.toBe('')
  })

  test('keeps the global flags as they are, but for formats of its own', () => {
    const own: Readonly<Record<string, unknown>> = classOf(id).flags ?? {}

    const redefined = Object.keys(globalFlags).filter((name) => name in own)
    expect(redefined.filter((name) => name !== 'output')).toEqual([])
    const output = classOf(id).flags?.['output']
    if (output?.type === 'option') {
      expect(output.char).toBe('o')
      expect(output.options).toEqual(expect.arrayContaining([...COMMON_FORMATS]))
    }
  })

  test('refuses an unknown flag with exit 2: text on stderr, or one JSON document on stdout', async () => {
    const words = id.split(':')

    const [text, json] = [await runCli([...words, '--nonsense']), await runCli([...words, '--nonsense', '--json'])]

    expect([text.exitCode, text.stdout]).toEqual([2, ''])
    expect(text.stderr).toMatch(/^error {2}/)
    expect([json.exitCode, json.stderr]).toEqual([2, ''])
    expect(JSON.parse(json.stdout)).toEqual({
      error: expect.objectContaining({
        code: 'UNKNOWN_FLAG',
        message: expect.any(String),
        fault: 'usage',
        exitCode: 2,
        actions: expect.any(Array),
      }),
    })
  })

  test('suggests a global flag that was misspelt', async () => {
    const {stderr} = await runCli([...id.split(':'), '--offlin'])

    expect(stderr).toContain('--offline')
  })
})

/** The word that a lock and an audit each have for it: to check a lock, and to choose a check. */
const TWO_MEANINGS = ['check']

test('a flag of one name has one meaning: the same type and letter in every command', () => {
  const seen = new Map<string, {readonly id: string; readonly shape: string}>()
  for (const id of IDS) {
    for (const [name, flag] of Object.entries(classOf(id).flags ?? {})) {
      if (TWO_MEANINGS.includes(name)) continue
      const shape = JSON.stringify([flag.type, flag.char ?? null])
      const first = seen.get(name) ?? {id, shape}
      seen.set(name, first)
      expect(`${name} of ${id}: ${shape}`).toBe(`${name} of ${id}: ${first.shape}`)
    }
  }
  expect(seen.size).toBeGreaterThan(3)
})

test('a letter stands for one flag', () => {
  const flagOf = new Map<string, string>()
  for (const id of IDS) {
    const flags = {...globalFlags, ...classOf(id).flags}
    for (const [name, flag] of Object.entries(flags)) {
      if (flag.char === undefined) continue
      expect(flagOf.get(flag.char) ?? name).toBe(name)
      flagOf.set(flag.char, name)
    }
  }
  expect(flagOf.get('o')).toBe('output')
})
