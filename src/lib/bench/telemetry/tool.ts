import type {Readable} from 'node:stream'
import {sanitise} from '../../core/text.js'

/** Where tools are started: here, or on another machine by ssh. */
export interface ToolPlace {
  /** ` on user@host`, or nothing: what follows the name of a tool. */
  readonly at: string
  /** One call, to its end. */
  run(words: readonly string[], signal?: AbortSignal): Promise<ToolAnswer>
  /** A tool that goes on until it is ended. */
  stream(words: readonly string[], signal: AbortSignal): Promise<ToolStream>
  /** Calls the same tool again for each `next`, by one process. */
  repeat(words: readonly string[], signal: AbortSignal): Promise<ToolStream & {next(): void}>
}

export interface ToolAnswer {
  /** unreachable: another tool of that machine would not answer either. */
  readonly kind: 'answered' | 'failed' | 'missing' | 'unreachable'
  readonly output: string
  /** One line, in words; empty for `answered`. */
  readonly why: string
}

export interface ToolStream {
  readonly lines: AsyncIterable<string>
  /** How it ended, in words; waits for the end. */
  ended(): Promise<string>
  /** Ends it. */
  end(): void
}

const PROBE_MS = 10_000
const MOST_OUTPUT = 4 * 1024 * 1024
const LONGEST_LINE = 64 * 1024
/** ssh's own: it never reached the machine. */
const SSH_FAILED = 255
const NOT_FOUND = 127

/**
 * ssh asks for nothing, gives up soon, and notices a machine that is gone. What follows `--` cannot be an option.
 * Source: ssh(1), ssh_config(5).
 */
const SSH = [
  '-T',
  ...['BatchMode=yes', 'ConnectTimeout=5', 'ServerAliveInterval=5', 'ServerAliveCountMax=3'].flatMap(option),
  ...[
    'ClearAllForwardings=yes',
    'ForwardX11=no',
    'ForwardAgent=no',
    'PermitLocalCommand=no',
    'ControlMaster=no',
  ].flatMap(option),
  '--',
]

function option(text: string): readonly string[] {
  return ['-o', text]
}

/** Ends what it started when its input ends: a process behind ssh is not reached by a signal. */
const ENDS_WITH_INPUT = 'exec 3<&0; { cat; kill $$; } <&3 >/dev/null 2>&1 & exec 3<&-; exec "$@" </dev/null'
/** Calls once for each line of its input; the line after an answer tells its exit code. */
const ONCE_A_LINE = 'while read -r _; do "$@" </dev/null; printf "\\n#exit %s\\n" "$?"; done'

/** The last line of an answer of `repeat`. */
export const EXIT_LINE = /^#exit (\d+)$/

/** Here, or on a machine that `readGpuHost` has passed. */
export function toolPlace(host: string | undefined): ToolPlace {
  const at = host === undefined ? '' : ` on ${host}`
  const command = (words: readonly string[]): readonly [string, readonly string[]] =>
    host === undefined ? [words[0] ?? '', words.slice(1)] : ['ssh', [...SSH, host, words.map(quoted).join(' ')]]
  const shell = (script: string, words: readonly string[]) => command(['sh', '-c', script, 'sh', ...words])
  return {
    at,
    async run(words, signal) {
      return tellAnswer(words[0] ?? '', at, await call(command(words), signal))
    },
    async stream(words, signal) {
      return open(host === undefined ? command(words) : shell(ENDS_WITH_INPUT, words), `${words[0]}${at}`, signal)
    },
    async repeat(words, signal) {
      const opened = await open(shell(ONCE_A_LINE, words), `${words[0]}${at}`, signal)
      return {...opened, next: () => opened.write('\n')}
    },
  }
}

/** For the shell of the other machine, whichever it is: single quotes hold everywhere. */
function quoted(word: string): string {
  return /^[\w.,:=@/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

interface Called {
  readonly exitCode: number | undefined
  readonly missing: boolean
  readonly timedOut: boolean
  readonly stdout: string
  readonly stderr: string
}

async function call([file, args]: readonly [string, readonly string[]], signal?: AbortSignal): Promise<Called> {
  const {execa} = await import('execa')
  const running = execa(file, args, {
    maxBuffer: MOST_OUTPUT,
    reject: false,
    stdin: 'ignore',
  })
  // What hangs in the driver cannot be killed, and what it started holds its outputs open: neither is waited for.
  const over = AbortSignal.any([AbortSignal.timeout(PROBE_MS), ...(signal ? [signal] : [])])
  const givenUp = new Promise<undefined>((resolve) => {
    const giveUp = () => {
      running.kill('SIGKILL')
      running.stdout.destroy()
      running.stderr.destroy()
      running.unref()
      resolve(undefined)
    }
    if (over.aborted) giveUp()
    else over.addEventListener('abort', giveUp)
  })
  const ended = await Promise.race([running, givenUp])
  if (ended === undefined) return {exitCode: undefined, timedOut: true, stdout: '', stderr: '', missing: false}
  const {exitCode, stdout, stderr} = ended
  return {exitCode, timedOut: false, stdout, stderr, missing: ended.code === 'ENOENT' || ended.code === 'EACCES'}
}

function tellAnswer(tool: string, at: string, {exitCode, missing, timedOut, stdout, stderr}: Called): ToolAnswer {
  const output = stdout
  const said = firstLine(stderr) || firstLine(stdout)
  if (timedOut) return {kind: 'unreachable', output, why: `${tool}${at} did not answer within ${PROBE_MS / 1000} s`}
  if (at !== '' && missing) return {kind: 'unreachable', output, why: 'ssh is not on the PATH'}
  if (at !== '' && exitCode === SSH_FAILED)
    return {kind: 'unreachable', output, why: said || 'ssh ended without a word'}
  if (missing || exitCode === NOT_FOUND) return {kind: 'missing', output, why: `${tool}${at} is not there`}
  if (exitCode === 0) return {kind: 'answered', output, why: ''}
  return {kind: 'failed', output, why: said || `${tool}${at} ended with ${exitCode ?? 'a signal'}`}
}

async function open(
  [file, args]: readonly [string, readonly string[]],
  name: string,
  signal: AbortSignal,
): Promise<ToolStream & {write(text: string): void}> {
  const {execa} = await import('execa')
  const running = execa(file, args, {
    buffer: false,
    cancelSignal: signal,
    forceKillAfterDelay: 1000,
    reject: false,
    stdin: 'pipe',
  })
  const said = lastWords(running.stderr)
  running.stdin.on('error', () => undefined)
  // What it started itself may hold its outputs open for longer than it lives.
  running.once('exit', () => {
    if (!signal.aborted) return
    running.stdout.destroy()
    running.stderr.destroy()
  })
  return {
    lines: linesOf(running.stdout),
    write: (text) => running.stdin.write(text),
    end: () => running.kill(),
    async ended() {
      const {code, exitCode, signal: by} = await running
      if (signal.aborted) return `${name} was ended with the run`
      if (code === 'ENOENT') return `${name} is not there`
      return [`${name} ended with ${exitCode ?? by ?? 'an error'}`, said()].filter(Boolean).join(': ')
    },
  }
}

/** The last line on standard error, cut: all that is kept of it. */
function lastWords(errors: Readable): () => string {
  let tail = ''
  errors.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000)
  })
  return () => firstLine(tail.trimEnd().split('\n').at(-1) ?? '')
}

/** Lines as they come. One beyond 64 KiB is cut there: a tool that writes no line ends fills no memory. */
async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n')
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
      yield* lines
    }
  } catch {
    // The process was ended in the middle of a line: how it ended is told by its end.
  }
  if (rest !== '') yield rest
}

/** Fit to be shown: one line, no control characters, not long. */
function firstLine(text: string): string {
  return sanitise(text.trim().split('\n', 1)[0] ?? '')
    .trim()
    .slice(0, 200)
}
