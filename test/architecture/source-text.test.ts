import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {sourceFiles} from '../support/source-graph.js'

const sources = sourceFiles().map((file) => ({file, lines: readFileSync(file, 'utf8').split('\n')}))

/** `file:line` of every line that matches, in the files that are judged. */
function findings(pattern: RegExp, judged: (file: string) => boolean = () => true): readonly string[] {
  return sources
    .filter(({file}) => judged(file))
    .flatMap(({file, lines}) => lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])))
}

test('there are sources to judge', () => {
  expect(sources.length).toBeGreaterThan(60)
})

test('no ARN is written for one partition outside the sandbox', () => {
  // A command's examples are words to paste, not code.
  const inProgram = (file: string) => !file.startsWith('src/lib/sandbox/') && !file.startsWith('src/commands/')

  expect(findings(/['"`]arn:aws[a-z-]*:/, inProgram)).toEqual([])
  expect(findings(/arn:/).length).toBeGreaterThan(0)
})

test('nothing prints through console', () => {
  expect(findings(/(?<![.\w])console\./)).toEqual([])
})

test('no file ends the process, except the frame on a second signal and the entry on a closed pipe', () => {
  const ends = new Set(findings(/\bprocess\.exit\(/).map((place) => place.split(':')[0]))

  expect([...ends]).toEqual(['src/lib/cli/base-command.ts', 'src/main.ts'])
})

test('no file escapes the type checker', () => {
  expect(findings(/\bas any\b|<any>|@ts-(ignore|expect-error|nocheck)|biome-ignore-all/)).toEqual([])
})

test('no file holds work left over', () => {
  expect(findings(/\b(TODO|FIXME|XXX)\b/)).toEqual([])
})

test('a package that is loaded late gives names only where it is a module: others are a default in the bundle', () => {
  const late = /\bconst (\{.*\}) = await import\('([^.#'][^']*)'\)/
  const loads = sources.flatMap(({file, lines}) =>
    lines.flatMap((line) => {
      const [, names = '', name = ''] = late.exec(line) ?? []
      return name === '' || name.startsWith('node:') ? [] : [{file, name, names}]
    }),
  )
  const isModule = (name: string) => {
    const folder = name.split('/', name.startsWith('@') ? 2 : 1).join('/')
    const {module, type} = JSON.parse(readFileSync(`node_modules/${folder}/package.json`, 'utf8'))
    return type === 'module' || module !== undefined
  }

  expect(loads.length).toBeGreaterThan(3)
  expect(loads.filter(({name, names}) => !names.startsWith('{default:') && !isModule(name))).toEqual([])
})

test('no file has more than 300 lines', () => {
  const long = sources.filter(({lines}) => lines.length > 300)

  expect(long.map(({file, lines}) => `${file}: ${lines.length}`)).toEqual([])
})
