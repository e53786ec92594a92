import {spawn} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openAwsSession} from '../../src/lib/aws/session.js'
import type {ImportsCreateResult} from '../../src/lib/imports/create/imports-create.schema.js'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import {ROOT} from '../support/command-classes.js'
import {BUCKET, importStage} from '../support/import-stage.js'
import {startKillingProxy} from '../support/killing-proxy.js'
import {bareEnvironment} from '../support/process-stage.js'
import {spawnCli} from '../support/run-cli.js'
import {tinyFolder} from '../support/tiny-model.js'

const MIB = 1024 * 1024
const ANYTHING = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}

test('an upload that is killed goes on where it was, and no part that arrived is sent again', async () => {
  const stage = await importStage({}, {iam: {users: [{name: 'sandbox', inline: {all: ANYTHING}}]}})
  await using proxy = await startKillingProxy(stage.sandbox)
  // Weights of no model: what goes up is looked at here, and not what is made of it.
  const weights = randomBytes(40 * MIB)
  const folder = await tinyFolder({files: {'model.safetensors.index.json': undefined}})
  await writeFile(join(folder, 'model.safetensors'), weights)
  const home = await mkdtemp(join(tmpdir(), 'imports-kill-'))
  const env = bareEnvironment(home, {...stage.sandbox.env(), AWS_ENDPOINT_URL: proxy.url})
  const words = [
    'imports',
    'create',
    folder,
    '--upload',
    `s3://${BUCKET}/in`,
    '--name',
    'tiny',
    '--role',
    'BedrockImport',
  ]
  const argv = [...words, '--skip-checks', '--yes', '--json']
  const partsSent = () => proxy.seen.filter(({method, path}) => method === 'PUT' && path.includes('partNumber='))

  const killed = spawn(process.execPath, [join(ROOT, 'bin', 'run.js'), ...argv], {cwd: home, env, stdio: 'ignore'})
  const end = new Promise((resolve) => killed.on('close', (_, signal) => resolve(signal)))
  proxy.stopAt({
    when: 'after',
    matches: ({path}) => path.includes('partNumber=3'),
    hold: async () => {
      killed.kill('SIGKILL')
      await end
    },
  })
  expect(await end).toBe('SIGKILL')
  const before = partsSent().length
  const {exitCode, stderr, stdout} = await spawnCli(argv, {env})

  expect(exitCode, stderr + stdout).toBe(0)
  const {outcome, upload} = JSON.parse(stdout) as ImportsCreateResult
  expect(outcome).toBe('created')
  expect(partsSent().length - before).toBeLessThan(5)
  expect(upload?.sentBytes).toBeLessThan(upload?.bytes ?? 0)
  expect((await stored(stage.sandbox, 'in/tiny/model.safetensors')).equals(weights)).toBe(true)
}, 120_000)

async function stored({url, world}: Sandbox, key: string): Promise<Buffer> {
  const {accessKeyId, secretAccessKey} = world.login
  const session = openAwsSession({endpointUrl: url, credentials: {accessKeyId, secretAccessKey}})
  try {
    const chunks: Uint8Array[] = []
    const store = await session.objectStore()
    const bytes = store.read({bucket: BUCKET, key}, undefined, {region: 'us-east-1'})
    for await (const chunk of bytes) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks)
  } finally {
    session.close()
  }
}
