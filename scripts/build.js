// Bundles the program (docs/adr/0002-bundle.md): one entry per command, shared code split, the SDK tree-shaken.
// The sandbox is a bundle of its own: it needs every schema of its SDK clients, and sharing files with the program
// would pull all of them into the chunk that each command loads.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {build} from 'esbuild'
import {bundleProgram, common} from './bundle.js'

const program = await bundleProgram('dist')
const sandbox = existsSync('src/lib/sandbox/sandbox.ts')
  ? await build({
      ...common,
      outdir: 'dist/sandbox',
      entryPoints: {sandbox: 'src/lib/sandbox/sandbox.ts'},
      chunkNames: 'chunks/[name]-[hash]',
    })
  : undefined

// What an earlier build left is removed only now, so that a program started meanwhile finds its files.
const written = new Set([program, sandbox].flatMap((result) => Object.keys(result?.metafile.outputs ?? {})))
for (const file of readdirSync('dist', {recursive: true, withFileTypes: true})) {
  const path = join(file.parentPath, file.name).replaceAll('\\', '/')
  if (file.isFile() && !written.has(path)) rmSync(path)
}

mkdirSync('.cache', {recursive: true})
writeFileSync('.cache/meta.json', JSON.stringify(program.metafile))
if (sandbox) writeFileSync('.cache/meta-sandbox.json', JSON.stringify(sandbox.metafile))

execFileSync(process.execPath, ['node_modules/oclif/bin/run.js', 'manifest'], {
  env: {...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true'},
  stdio: ['ignore', 'ignore', 'inherit'],
})
const manifest = JSON.parse(readFileSync('oclif.manifest.json', 'utf8'))
writeFileSync('oclif.manifest.json', `${JSON.stringify(sorted(manifest), null, 2)}\n`)

/** The commands in the order of their names: the file system's order must not show in a committed file. */
function sorted(content) {
  const commands = Object.entries(content.commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return {...content, commands: Object.fromEntries(commands)}
}
