// Packs the tarball that would be published, installs it into an empty folder without the network, and runs it there
// with an empty home and no AWS settings.
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from './child-environment.js'

const MUST_HOLD = [
  'LICENSE',
  'README.md',
  'THIRD-PARTY-NOTICES.txt',
  'bin/run.js',
  'dist/main.js',
  'oclif.manifest.json',
]
const MAY_HOLD =
  /^(bin|data|dist|examples|schemas)\/|^(LICENSE|README\.md|THIRD-PARTY-NOTICES\.txt|oclif\.manifest\.json|package\.json)$/
const MAX_PACKED_BYTES = 8 * 1024 * 1024

const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-package-'))
try {
  checkPackage()
} finally {
  rmSync(folder, {recursive: true, force: true})
}

function checkPackage() {
  const [packed] = JSON.parse(npm(process.cwd(), 'pack', '--ignore-scripts', '--json', '--pack-destination', folder))
  const files = packed.files.map(({path}) => path)
  expect(packed.size <= MAX_PACKED_BYTES, `the tarball has ${packed.size} bytes, more than ${MAX_PACKED_BYTES}`)
  for (const file of MUST_HOLD) expect(files.includes(file), `the tarball lacks ${file}`)
  for (const file of files) expect(MAY_HOLD.test(file), `the tarball holds ${file}`)

  writeFileSync(join(folder, 'package.json'), '{"private": true}\n')
  npm(folder, 'install', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`)
  const installed = JSON.parse(npm(folder, 'ls', '--all', '--json')).dependencies
  expect(
    Object.keys(installed).join() === 'bedrockctl',
    `installing brings more than bedrockctl: ${Object.keys(installed)}`,
  )
  expect(installed.bedrockctl.dependencies === undefined, 'bedrockctl has dependencies at run time')

  expect(/^bedrockctl\/\d+\.\d+\.\d+ /.test(bedrockctl('--version')), '--version does not answer')
  expect(bedrockctl('--help').includes('models'), '--help does not name the topic models')
  const offline = JSON.parse(bedrockctl('models', 'list', '--offline', '--json'))
  expect(offline.models.length > 0 && !offline.simulated, 'models list --offline lists nothing')
  const simulated = JSON.parse(bedrockctl('models', 'list', '--sandbox', '--json'))
  expect(
    simulated.models.length > 0 && simulated.simulated,
    'models list --sandbox lists nothing, or does not say simulated',
  )
}

function npm(cwd, ...argv) {
  return execFileSync('npm', argv, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']})
}

/** What the installed program prints; anything but exit 0 fails the check. */
function bedrockctl(...argv) {
  const home = join(folder, 'home')
  mkdirSync(home, {recursive: true})
  const {status, stdout, stderr} = spawnSync(join(folder, 'node_modules/.bin/bedrockctl'), argv, {
    cwd: folder,
    encoding: 'utf8',
    env: childEnvironment({HOME: home, XDG_CACHE_HOME: join(home, 'cache'), XDG_CONFIG_HOME: join(home, 'config')}),
    input: '',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(status === 0, `bedrockctl ${argv.join(' ')} ended with ${status}\n${stderr}`)
  return stdout
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}
