import {type ChildProcess, spawn} from 'node:child_process'
import {childEnvironment} from '../../scripts/child-environment.js'

/** A sandbox in a process of its own. */
export interface SeparateSandbox {
  readonly url: string
  /** Variables that point any AWS client at it. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** What `sandbox start --json` prints once it listens. */
interface Answer {
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
}

const START_LIMIT_MS = 10_000

/** Runs `sandbox start` of the built program and waits until it says where it listens. */
export async function startSeparateSandbox(...options: readonly string[]): Promise<SeparateSandbox> {
  const child = spawn(process.execPath, ['bin/run.js', 'sandbox', 'start', '--port', '0', '--json', ...options], {
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const {url, environment} = await firstAnswer(child)
  return {
    url,
    env: environment,
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.kill('SIGINT')
      }),
  }
}

function firstAnswer(child: ChildProcess): Promise<Answer> {
  return new Promise((found, failed) => {
    let text = ''
    const limit = setTimeout(() => {
      child.kill()
      failed(new Error(`no sandbox after ${START_LIMIT_MS} ms\n${text}`))
    }, START_LIMIT_MS)
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      const answer = parsed(text)
      if (!answer) return
      clearTimeout(limit)
      found(answer)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.once('exit', (code) => failed(new Error(`sandbox start ended with ${code}\n${text}`)))
  })
}

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
