// Bundles the program (docs/adr/0002-bundle.md): one entry per command, shared code split, the SDK tree-shaken.
// The sandbox is a bundle of its own: it needs every schema of its SDK clients, and sharing files with the program
// would pull all of them into the chunk that each command loads.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {build} from 'esbuild'

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  conditions: ['module'],
  sourcemap: 'linked',
  sourcesContent: false,
  define: {'process.env.NODE_ENV': '"production"'},
  logLevel: 'warning',
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
  },
}

/** The program reaches the sandbox by one door, at run time, in its own bundle. */
const sandboxDoor = {
  name: 'sandbox-door',
  setup(context) {
    context.onResolve({filter: /\/sandbox\/sandbox\.js$/}, (args) =>
      args.importer.includes('/src/lib/sandbox/') ? undefined : {path: '#sandbox', external: true},
    )
  },
}

/**
 * What oclif loads at every start. Some of it this program never uses: it finds commands by its manifest, not by
 * searching folders or plug-ins, --debug is its own, and Linux is Linux under Windows too. The rest waits for its use.
 */
const lazily = (name) => `module.exports = (...words) => require('${name}')(...words)`
const LIGHTER = {
  ansis: "module.exports = {__esModule: true, get default() { return require('ansis').default }}",
  'clean-stack': lazily('clean-stack'),
  debug: 'module.exports = () => () => {}',
  ejs: "exports.render = (...words) => require('ejs').render(...words)",
  'indent-string': lazily('indent-string'),
  minimatch: 'exports.minimatch = () => false',
  'string-width': lazily('string-width'),
  'supports-color': `module.exports = {
    get stdout() { return require('supports-color').stdout },
    get stderr() { return require('supports-color').stderr },
  }`,
  tinyglobby: "exports.glob = () => { throw new Error('the installation is incomplete: no oclif.manifest.json') }",
  'widest-line': lazily('widest-line'),
  'wrap-ansi': lazily('wrap-ansi'),
  'wsl-utils': 'exports.isWsl = false',
}
const lighterOclif = {
  name: 'lighter-oclif',
  setup(context) {
    const filter = new RegExp(`^(${Object.keys(LIGHTER).join('|')})$`)
    context.onResolve({filter}, ({path, importer, resolveDir, namespace}) =>
      namespace === 'file' && importer.includes('/@oclif/core/lib/')
        ? {path, namespace: 'lighter', pluginData: {resolveDir}}
        : undefined,
    )
    context.onLoad({filter, namespace: 'lighter'}, ({path, pluginData}) => ({
      contents: LIGHTER[path],
      loader: 'js',
      resolveDir: pluginData.resolveDir,
    }))
  },
}

/** Ink asks for React's developer tools when DEV=true; a program that is installed has no use for them. */
const noDeveloperTools = {
  name: 'no-developer-tools',
  setup(context) {
    context.onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'no-developer-tools'}))
    context.onLoad({filter: /.*/, namespace: 'no-developer-tools'}, () => ({
      contents: 'export default {initialize() {}, connectToDevTools() {}}',
    }))
  },
}

/** Yoga decodes its WebAssembly by `fetch`, for which Node first loads a whole HTTP client; without one it decodes by itself. */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup(context) {
    context.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => ({
      contents: `const fetch = undefined\n${readFileSync(path, 'utf8')}`,
      loader: 'js',
    }))
  },
}

const commands = readdirSync('src/commands', {recursive: true, encoding: 'utf8'})
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''))

const program = await build({
  ...common,
  outdir: 'dist',
  entryPoints: {
    main: 'src/main.ts',
    ...(existsSync('src/help.ts') ? {help: 'src/help.ts'} : {}),
    'workers/batch-check': 'src/lib/batch/check/check-worker.ts',
    'workers/bench-load': 'src/lib/bench/load/load-worker.ts',
    ...Object.fromEntries(commands.map((name) => [`commands/${name}`, `src/commands/${name}.ts`])),
  },
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [sandboxDoor, lighterOclif, noDeveloperTools, yogaWithoutFetch],
})
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
