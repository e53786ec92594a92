import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {z} from 'zod'
import {bundledPackages} from '../../scripts/generate/bundled-packages.js'
import {isAllowed} from '../../scripts/generate/notices.js'

const packageSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  type: z.string(),
  engines: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()),
  files: z.array(z.string()),
  scripts: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({optionalDependencies: z.record(z.string(), z.string()).default({})})),
})
const content = packageSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')))

test('installing the package installs nothing else', () => {
  for (const member of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundledDependencies']) {
    expect(content).not.toHaveProperty(member)
  }
})

test('installing the package runs no script', () => {
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(content.scripts).not.toHaveProperty(name)
})

test('the package says who may use it and on what it runs', () => {
  expect(content.name).toBe('bedrockctl')
  expect(content.license).toBe('Apache-2.0')
  expect(content.type).toBe('module')
  expect(content.engines).toEqual({node: '>=20.19'})
  expect(content.bin).toEqual({bedrockctl: 'bin/run.js'})
  expect(content.version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('only what the program needs, and the examples that its help names, is published', () => {
  expect(content.files).toEqual([
    '/bin',
    '/data',
    '/dist',
    '/examples',
    '/schemas',
    '/oclif.manifest.json',
    '/THIRD-PARTY-NOTICES.txt',
  ])
})

test('every dependency is pinned to one version', () => {
  const versions = Object.entries(content.devDependencies)

  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(versions.length).toBeGreaterThan(20)
})

test('the lock file names the builds for every platform, without which npm ci refuses it', () => {
  const {packages} = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  const optional = Object.entries(packages).flatMap(([path, {optionalDependencies}]) =>
    Object.keys(optionalDependencies).map((name) => ({path, name})),
  )

  const missing = optional.filter(
    ({path, name}) => !(`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages),
  )

  expect(missing.map(({name}) => name)).toEqual([])
  expect(optional.length).toBeGreaterThan(10)
})

test('the entry is a program', () => {
  expect(readFileSync('bin/run.js', 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
})

test('every package in the bundle may be compiled into an Apache-2.0 program', () => {
  const packages = bundledPackages()

  expect(packages.filter(({licence}) => !isAllowed(licence)).map(({name, licence}) => `${name}: ${licence}`)).toEqual(
    [],
  )
  expect(packages.length).toBeGreaterThan(10)
})

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND Apache-2.0', true],
  ['MIT AND GPL-3.0', false],
  ['AGPL-3.0', false],
  ['GPL-2.0-or-later', false],
  ['none stated', false],
])('the licence %s is allowed: %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed)
})
