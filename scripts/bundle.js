// How the program is bundled: by the build, and by benches that run it with some of its files exchanged.
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {build} from 'esbuild'
import {loadTogether} from './load-together.js'

export const common = {
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

/**
 * Shapes of the SDK name their traits by computed keys, `{[_hH]: ...}`, of constants beside them. A bundler must take
 * those for calls, and keeps every shape of a service; with the names in their place it keeps what is used.
 */
const shakenShapes = {
  name: 'shaken-shapes',
  setup(context) {
    context.onLoad({filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]\w+\.js$/}, ({path}) => {
      const text = readFileSync(path, 'utf8')
      const names = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, value]) => [name, value]),
      )
      const contents = text.replace(/\[(_\w+)\]:/g, (whole, name) => (names.has(name) ? `${names.get(name)}:` : whole))
      return {contents, loader: 'js'}
    })
  },
}

/** The program in a folder; `exchanged` are plugins that come before ours. */
export function bundleProgram(outdir, exchanged = []) {
  const commands = readdirSync('src/commands', {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''))
  return build({
    ...common,
    outdir,
    entryPoints: {
      main: 'src/main.ts',
      ...(existsSync('src/help.ts') ? {help: 'src/help.ts'} : {}),
      'workers/batch-check': 'src/lib/batch/check/check-worker.ts',
      'workers/bench-load': 'src/lib/bench/load/load-worker.ts',
      ...Object.fromEntries(commands.map((name) => [`commands/${name}`, `src/commands/${name}.ts`])),
    },
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [...exchanged, sandboxDoor, lighterOclif, noDeveloperTools, yogaWithoutFetch, shakenShapes, loadTogether],
  })
}
