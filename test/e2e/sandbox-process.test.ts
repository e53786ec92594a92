import {type ChildProcess, spawn} from 'node:child_process'
import {afterEach, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {bareEnvironment, withFolder} from '../support/process-stage.js'
import {spawnCli} from '../support/run-cli.js'

// The sandbox as a process of its own, and another process that knows it by its variables alone.

const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

interface Started {
  readonly child: ChildProcess
  readonly document: {readonly url: string; readonly environment: Readonly<Record<string, string>>}
}

/** Runs `sandbox start` on a free port; resolves with the document it prints once it listens. */
function startSandbox(folder: string): Promise<Started> {
  const child = spawn(process.execPath, ['bin/run.js', 'sandbox', 'start', '--port', '0', '--json'], {
    env: bareEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  return new Promise((found, failed) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.endsWith('}\n')) found({child, document: JSON.parse(text)})
    })
    child.once('exit', (code) => failed(new Error(`ended with ${code}: ${text}`)))
  })
}

test('it says where it listens, serves another process, and ends on Ctrl-C', async () => {
  await withFolder(async (folder) => {
    const {child, document} = await startSandbox(folder)
    expect(compileSchema('sandbox-start.json').validate(document)).toEqual([])

    const known = await spawnCli(['sandbox', 'env', '--url', document.url, '--json'])
    expect(compileSchema('sandbox-env.json').validate(JSON.parse(known.stdout))).toEqual([])
    expect(JSON.parse(known.stdout).environment).toEqual(document.environment)

    const served = await spawnCli(['models', 'list', '--json'], {env: document.environment})
    expect(JSON.parse(served.stdout)).toMatchObject({simulated: true, regions: ['us-east-1']})

    const ended = new Promise((done) => child.once('exit', (code) => done(code)))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})
