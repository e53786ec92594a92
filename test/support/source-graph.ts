import {readdirSync, readFileSync} from 'node:fs'
import {posix} from 'node:path'
import {build} from 'esbuild'

export interface Edge {
  readonly from: string
  /** A file of ours, relative to the root, or the name of a package or of a module of Node. */
  readonly to: string
  readonly kind: 'static' | 'dynamic' | 'type'
  readonly external: boolean
}

/** Every source file and what it imports: values as esbuild sees them, types as the text says. */
export interface SourceGraph {
  readonly files: readonly string[]
  readonly edges: readonly Edge[]
}

let graph: Promise<SourceGraph> | undefined

/** The graph of src/, read once a test file. */
export function sourceGraph(): Promise<SourceGraph> {
  graph ??= readGraph()
  return graph
}

const importsOf = new WeakMap<SourceGraph, ReadonlyMap<string, readonly string[]>>()

/** What each file of ours loads of ours when it is loaded; searched for once. */
export function staticImports(graph: SourceGraph): ReadonlyMap<string, readonly string[]> {
  const known = importsOf.get(graph)
  if (known) return known
  const found = new Map<string, string[]>(graph.files.map((file) => [file, []]))
  for (const {from, to, kind, external} of graph.edges) if (kind === 'static' && !external) found.get(from)?.push(to)
  importsOf.set(graph, found)
  return found
}

/** Every file reached from `entry` by static imports alone, `entry` included. */
export function staticClosure(graph: SourceGraph, entry: string): ReadonlySet<string> {
  const imports = staticImports(graph)
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const to of imports.get(file) ?? []) visit(to)
  }
  visit(entry)
  return reached
}

async function readGraph(): Promise<SourceGraph> {
  const files = sourceFiles()
  const {metafile} = await build({
    absWorkingDir: process.cwd(),
    bundle: true,
    entryPoints: [...files],
    format: 'esm',
    jsx: 'automatic',
    logLevel: 'silent',
    metafile: true,
    outdir: 'unwritten',
    packages: 'external',
    platform: 'node',
    splitting: true,
    write: false,
  })
  const values = Object.entries(metafile.inputs).flatMap(([from, {imports}]) =>
    imports.map(({path, kind, external}): Edge => {
      return {from, to: path, kind: kind === 'dynamic-import' ? 'dynamic' : 'static', external: external === true}
    }),
  )
  return {files, edges: [...values, ...files.flatMap(typeEdges)]}
}

/** All TypeScript files of src/, with forward slashes. */
export function sourceFiles(): readonly string[] {
  return readdirSync('src', {recursive: true, encoding: 'utf8'})
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.tsx?$/.test(name))
    .sort((a, b) => (a < b ? -1 : 1))
}

/** What a file names in `import type`, `export type … from` and `import('…')` types; esbuild drops these. */
function typeEdges(from: string): readonly Edge[] {
  const text = readFileSync(from, 'utf8')
  const named = [...text.matchAll(/^(?:import|export) type [^'"]*? from '([^']+)'/gms)].map(([, path]) => path ?? '')
  return named.map((path) => {
    const external = !path.startsWith('.')
    const to = external ? path : posix.join(posix.dirname(from), path).replace(/\.js$/, '.ts')
    return {from, to, kind: 'type', external}
  })
}
