// Everything that is asked of a change (`npm test`). All steps run, each shows its output only when it failed, and the
// last line counts tests and steps together. `npm test -- lint types` runs the named steps only.
import {spawn} from 'node:child_process'
import {existsSync, readFileSync, rmSync} from 'node:fs'
import {childEnvironment} from './child-environment.js'

const MANIFEST = 'oclif.manifest.json'
const REPORT = '.cache/vitest.json'

const environment = childEnvironment()
let committedManifest

const steps = [
  {name: 'build', run: build},
  {name: 'manifest', run: compareManifest},
  {name: 'types', run: () => node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json')},
  {name: 'lint', run: () => node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')},
  {name: 'unused', run: () => node('node_modules/knip/bin/knip.js', '--no-progress')},
  {name: 'generated', run: () => node('node_modules/tsx/dist/cli.mjs', 'scripts/generate.ts', '--check')},
  {name: 'tests', run: runTests},
  {name: 'package', run: () => node('scripts/check-package.js')},
]

function build() {
  committedManifest = readIfThere(MANIFEST)
  return node('scripts/build.js')
}

async function compareManifest() {
  const fresh = committedManifest === undefined || committedManifest === readIfThere(MANIFEST)
  return fresh ? {ok: true, output: ''} : {ok: false, output: `${MANIFEST} was stale: commit the one just built\n`}
}

async function runTests() {
  rmSync(REPORT, {force: true})
  const outcome = await node(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${REPORT}`,
  )
  if (!existsSync(REPORT)) return {...outcome, ok: false}
  const report = JSON.parse(readFileSync(REPORT, 'utf8'))
  const unloadable = report.testResults.filter(
    ({status, assertionResults}) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = report.numFailedTests + unloadable.length
  const passed = report.numPassedTests
  return {
    ok: outcome.ok && passed > 0,
    output: outcome.output,
    passed,
    failed: outcome.ok ? failed : Math.max(failed, 1),
  }
}

/** Runs a program of the project under this Node, with nothing on stdin. */
function node(...argv) {
  return new Promise((done) => {
    const child = spawn(process.execPath, argv, {env: environment, stdio: ['ignore', 'pipe', 'pipe']})
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => {
        output += text
      })
    }
    child.on('close', (code, signal) => {
      done({ok: code === 0, output: code === 0 ? output : `${output}\n(ended with ${signal ?? `exit ${code}`})\n`})
    })
  })
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}. Steps: ${steps.map(({name}) => name).join(', ')}`)
  process.exit(2)
}

let passed = 0
let failed = 0
for (const {name, run} of steps) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = performance.now()
  const outcome = await run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  passed += outcome.passed ?? (outcome.ok ? 1 : 0)
  failed += outcome.failed ?? (outcome.ok ? 0 : 1)
  const counted = outcome.passed === undefined ? '' : `  ${outcome.passed} of ${outcome.passed + outcome.failed}`
  console.log(`${outcome.ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(10)} ${seconds.padStart(6)} s${counted}`)
  if (!outcome.ok) console.log(outcome.output.trimEnd().replace(/^/gm, '      '))
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
