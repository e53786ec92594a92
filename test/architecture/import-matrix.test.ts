import {describe, expect, test} from 'vitest'
import {type Edge, sourceGraph, staticImports} from '../support/source-graph.js'

// Who may import whom (docs/architecture.md). Every edge of the sources is judged; what no rule allows is forbidden.

/** Folders of src/lib that are not capabilities. */
const SHARED = ['core', 'catalog', 'config', 'output', 'cli', 'aws', 'sandbox'] as const
/** Pure folders that capabilities build on. */
const FOUNDATIONS = ['iam', 'account', 'routing', 'prices', 'jsonl', 'jobs']
type Layer = (typeof SHARED)[number] | 'foundation' | 'capability' | 'commands' | 'entry'

/** Layers whose values a layer may load when it is loaded; its own files are always allowed. */
const STATIC: Readonly<Record<Layer, readonly Layer[]>> = {
  core: [],
  catalog: ['core'],
  config: ['core'],
  output: ['core'],
  foundation: ['core', 'catalog', 'foundation'],
  capability: ['core', 'catalog', 'foundation'],
  aws: ['core', 'catalog'],
  sandbox: ['core', 'catalog'],
  cli: ['core', 'config', 'output'],
  commands: ['core', 'config', 'cli'],
  entry: ['core', 'cli', 'output'],
}

/** Layers a layer may load later, by `import()`: a command and the frame that opens its connections. */
const DYNAMIC: Readonly<Record<Layer, readonly Layer[]>> = {
  ...STATIC,
  cli: ['core', 'config', 'output', 'catalog', 'foundation', 'capability', 'aws', 'sandbox'],
  commands: ['core', 'config', 'cli', 'output', 'catalog', 'foundation', 'capability', 'aws', 'sandbox'],
}

/** Layers of which a layer may know the types. */
const TYPE: Readonly<Record<Layer, readonly Layer[]>> = {
  core: [],
  catalog: ['core'],
  config: ['core'],
  output: ['core'],
  foundation: ['core', 'catalog', 'config', 'foundation', 'capability'],
  capability: ['core', 'catalog', 'config', 'foundation', 'capability'],
  aws: ['core', 'catalog', 'config', 'foundation', 'capability'],
  sandbox: ['core', 'catalog'],
  cli: ['core', 'config', 'output', 'catalog', 'foundation', 'capability', 'aws'],
  commands: ['core', 'config', 'cli', 'output', 'catalog', 'foundation', 'capability', 'aws', 'sandbox'],
  entry: ['core', 'cli', 'output'],
}

const ALLOWED = {static: STATIC, dynamic: DYNAMIC, type: TYPE}

interface Place {
  readonly layer: Layer
  readonly folder: string
}

function placeOf(file: string): Place {
  const [, top, folder = ''] = file.split('/')
  if (top === 'commands') return {layer: 'commands', folder: 'commands'}
  if (top !== 'lib') return {layer: 'entry', folder: 'src'}
  const shared = SHARED.find((name) => name === folder)
  return {layer: shared ?? (FOUNDATIONS.includes(folder) ? 'foundation' : 'capability'), folder}
}

/** A schema file may build on another capability's schemas: nothing that runs in a command loads either. */
function isSchema(file: string): boolean {
  return file.endsWith('.schema.ts')
}

/** Only these files of a capability know how an answer looks. */
function isPresentation(file: string): boolean {
  return /\/(render-[a-z-]+|[a-z-]+-words)\.ts$/.test(file)
}

function isDomain({layer}: Place): boolean {
  return layer === 'capability' || layer === 'foundation'
}

function isAllowed({from, to, kind}: Edge): boolean {
  const source = placeOf(from)
  const target = placeOf(to)
  if (source.folder === target.folder) return true
  if (isPresentation(from) && target.layer === 'output') return true
  if (source.layer === 'commands' && to === 'src/lib/output/terminal.ts') return true
  if (isSchema(from) && isSchema(to) && isDomain(source) && isDomain(target)) return true
  return ALLOWED[kind][source.layer].includes(target.layer)
}

describe('import matrix', () => {
  test('no file imports what its layer may not', async () => {
    const {files, edges} = await sourceGraph()

    const own = edges.filter(({external}) => !external)
    const forbidden = own.filter((edge) => !isAllowed(edge)).map(({from, to, kind}) => `${from} -> ${to} (${kind})`)

    expect(forbidden).toEqual([])
    expect(files.length).toBeGreaterThan(60)
    expect(own.length).toBeGreaterThan(files.length)
  })

  test('every kind of edge and every layer was seen', async () => {
    const {edges} = await sourceGraph()

    const kinds = new Set(edges.map(({kind}) => kind))
    const layers = new Set(edges.map(({from}) => placeOf(from).layer))

    expect(kinds).toEqual(new Set(['dynamic', 'static', 'type']))
    for (const layer of ['core', 'catalog', 'cli', 'output', 'aws', 'sandbox', 'capability', 'commands']) {
      expect(layers).toContain(layer)
    }
  })

  test('no file loads itself again through others', async () => {
    const graph = await sourceGraph()
    const imports = staticImports(graph)

    expect(graph.files.flatMap((file) => cycleThrough(file, imports))).toEqual([])
  })
})

/** The static imports that lead from a file back to it; empty when none do. */
function cycleThrough(file: string, imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>()
  const open = [...(imports.get(file) ?? [])]
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (current === file) return [file]
    if (seen.has(current)) continue
    seen.add(current)
    open.push(...(imports.get(current) ?? []))
  }
  return []
}
