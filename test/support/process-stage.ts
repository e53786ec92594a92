import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {PassThrough, Readable} from 'node:stream'

export interface StageOptions {
  /** Added to a bare environment: no AWS configuration, no cache, no variable of ours. `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** A terminal of this width; without it, pipes. */
  readonly tty?: {readonly columns: number}
  /** What standard input holds; empty unless given. */
  readonly stdin?: string
}

export interface CliResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Thrown in place of `process.exit`. */
class Exit extends Error {
  readonly exitCode: number
  constructor(exitCode: number) {
    super(`process.exit(${exitCode})`)
    this.exitCode = exitCode
  }
}

const OURS = /^(AWS_|BEDROCKCTL_|XDG_)|^(NO_COLOR|FORCE_COLOR|COLUMNS|LC_ALL|LC_CTYPE|LANG|TERM|CI|HOME)$/

/** The environment of a test: nothing of the machine's AWS configuration, caches or terminal shows through. */
export function bareEnvironment(folder: string, env: StageOptions['env'] = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name) && name !== 'NODE_EXTRA_CA_CERTS')
  const all = {
    ...Object.fromEntries(kept),
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    AWS_CONFIG_FILE: join(folder, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    NODE_ENV: 'production',
    ...env,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** A folder that a test's HOME and caches may lie in; removed when `use` is done. */
export async function withFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-test-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

let last: Promise<unknown> = Promise.resolve()

/** Runs `play` with the process's streams, environment and exit code replaced; one at a time, all put back after. */
export function onStage(options: StageOptions, play: () => Promise<void>): Promise<CliResult> {
  const next = last.then(() => withFolder((folder) => perform(folder, options, play)))
  last = next.catch(() => undefined)
  return next
}

async function perform(folder: string, options: StageOptions, play: () => Promise<void>): Promise<CliResult> {
  const before = {env: process.env, exit: process.exit, exitCode: process.exitCode}
  const stdout = capture('stdout', options.tty)
  const stderr = capture('stderr', options.tty)
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')
  process.env = bareEnvironment(folder, options.env)
  process.exitCode = undefined
  process.exit = (code) => {
    throw new Exit(Number(code ?? process.exitCode ?? 0))
  }
  Object.defineProperty(process, 'stdin', {configurable: true, value: input(options)})
  try {
    await play()
    return {exitCode: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text()}
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    return {exitCode: error.exitCode, stdout: stdout.text(), stderr: stderr.text()}
  } finally {
    process.env = before.env
    process.exit = before.exit
    process.exitCode = before.exitCode
    if (stdin) Object.defineProperty(process, 'stdin', stdin)
    stdout.restore()
    stderr.restore()
  }
}

function input({stdin = '', tty}: StageOptions): Readable {
  const stream = tty === undefined ? Readable.from(stdin === '' ? [] : [stdin]) : new PassThrough()
  if (stream instanceof PassThrough) stream.end(stdin)
  return Object.assign(stream, {isTTY: tty !== undefined})
}

function capture(name: 'stdout' | 'stderr', tty: StageOptions['tty']) {
  const stream = process[name]
  const chunks: string[] = []
  const events = ['error', 'drain'] as const
  const listeners = new Set(events.flatMap((event) => stream.listeners(event)))
  const before = (['write', 'isTTY', 'columns'] as const).map(
    (key) => [key, Object.getOwnPropertyDescriptor(stream, key)] as const,
  )
  const set = (key: string, value: unknown) =>
    Object.defineProperty(stream, key, {configurable: true, writable: true, value})
  set('isTTY', tty !== undefined)
  set('columns', tty?.columns)
  set('write', (chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    const callback = typeof encoding === 'function' ? encoding : done
    if (typeof callback === 'function') callback()
    return true
  })
  return {
    text: () => chunks.join(''),
    restore: () => {
      for (const [key, descriptor] of before) {
        if (descriptor) Object.defineProperty(stream, key, descriptor)
        else Reflect.deleteProperty(stream, key)
      }
      for (const event of events) {
        for (const listener of stream.listeners(event)) {
          if (!listeners.has(listener)) stream.off(event, listener as () => void)
        }
      }
    },
  }
}
