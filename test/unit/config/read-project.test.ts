import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {readProject} from '../../../src/lib/config/read-project.js'
import type {BedrockctlError} from '../../../src/lib/core/errors.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-project-'))
})
afterAll(() => rm(folder, {recursive: true}))

async function saved(text: string): Promise<string> {
  const file = join(folder, 'given.yaml')
  await writeFile(file, text)
  return file
}

async function refusal(text: string): Promise<BedrockctlError> {
  const file = await saved(text)
  return readProject(file, folder).then(
    () => expect.unreachable('it was read'),
    (error: BedrockctlError) => error,
  )
}

test('without a file the defaults of the schema hold', async () => {
  const {projectSchema} = await import('../../../src/lib/config/project.schema.js')
  expect(await readProject(undefined, folder)).toEqual({file: null, project: projectSchema.parse({version: 1})})
})

describe('a project file', () => {
  test('that declares nothing leaves the defaults', async () => {
    const {project} = await readProject(await saved('version: 1\n'), folder)

    expect(project).toMatchObject({network: {privateOnly: false}, apiKeys: {maxAgeDays: 90}, workloads: []})
    expect(project.approvedRegions).toBeUndefined()
  })

  test('is found in a folder above, as far as the repository goes', async () => {
    const below = join(folder, 'above', 'a', 'b')
    await mkdir(join(folder, 'above', '.git'), {recursive: true})
    await mkdir(below, {recursive: true})
    await writeFile(join(folder, 'bedrockctl.yaml'), 'this is not ours')
    await writeFile(join(folder, 'above', 'bedrockctl.yaml'), 'version: 1\nregions: [eu-west-1]\n')

    const found = await readProject(undefined, below)

    expect(found.file).toBe(join(folder, 'above', 'bedrockctl.yaml'))
    expect(found.project.regions).toEqual(['eu-west-1'])
  })

  test('of a folder above that is no repository is left alone', async () => {
    const below = join(folder, 'lonely')
    await mkdir(below, {recursive: true})
    await writeFile(join(folder, 'bedrockctl.yaml'), 'this is not ours')

    expect((await readProject(undefined, below)).file).toBeNull()
  })

  test('is not needed', async () => {
    await rm(join(folder, 'bedrockctl.yaml'), {force: true})

    expect(await readProject(undefined, folder)).toMatchObject({file: null, project: {version: 1}})
  })
})

describe('what is wrong with a project file', () => {
  test('is told all at once, line by line, with what was meant', async () => {
    const text = [
      'version: 1',
      'regoins: [eu-west-1]',
      'approvedRegions: [eu-west-1, frankfurt]',
      'network: {privateOnly: perhaps}',
      'workloads:',
      '  - name: a',
      '    vpc: main',
      '    modls: []',
    ].join('\n')

    const {code, exitCode, why} = await refusal(text)

    expect([code, exitCode]).toEqual(['PROJECT_INVALID', 2])
    expect(why?.split('\n').map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
      'line 2: regoins',
      'line 3: approvedRegions.1',
      'line 4: network.privateOnly',
      'line 7: workloads.0.vpc',
      'line 8: workloads.0.modls',
    ])
    expect(why).toContain('Did you mean regions?')
    expect(why).toContain('Did you mean models?')
  })

  test.each([
    ['text that is no YAML', 'version: 1\nregions: [eu-west-1\n', /^line [23]:/],
    ['a key that stands twice', 'version: 1\nversion: 1\n', /line 2/],
    ['an empty file', '', /version/],
    ['a list', '- version: 1\n', /the document/],
    ['another version', 'version: 2\n', /line 1: version/],
    [
      'a retention whose minimum is above its maximum',
      'version: 1\nlogging: {retentionDays: {min: 9, max: 3}}',
      /min is more/,
    ],
  ])('%s', async (_, text, told) => {
    expect((await refusal(text)).why).toMatch(told)
  })

  test('is told of lines that would grow to gigabytes', async () => {
    const grow = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [...pair])) {
      grow.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`)
    }

    expect((await refusal(`version: 1\n${grow.join('\n')}\n`)).code).toBe('PROJECT_INVALID')
  })

  test('is told of a file that is far too large, unread', async () => {
    expect((await refusal(`version: 1\n#${'x'.repeat(1024 * 1024)}`)).why).toContain(
      'more than a project file can need',
    )
  })

  test('is told of a file that is not there', async () => {
    const error = await readProject(join(folder, 'none.yaml'), folder).catch((caught: BedrockctlError) => caught)

    expect(error).toMatchObject({code: 'PROJECT_UNREADABLE', exitCode: 2})
  })
})
