import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchWatchResult} from '../../lib/batch/watch/batch-watch.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {BatchWatchInput, BatchWatchShow} from '../../lib/cli/batch-watch.js'
import {EXIT} from '../../lib/core/errors.js'

export default class BatchWatch extends BaseCommand {
  static override summary = 'watch a batch group or job until it ends'
  static override description =
    'Looks soon at first and later every 30 s, with one list of the jobs of a group. On a terminal one screen shows them (q leaves it); elsewhere, and with --plain, each change is one line, with -o ndjson one JSON object. Ends when all jobs have: exit 0 when all completed, 3 otherwise, 7 when --timeout is over, 130 when it was left. The jobs go on in every case.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reviews',
    '<%= config.bin %> <%= command.id %> reviews --timeout 12h -o ndjson',
    '<%= config.bin %> <%= command.id %> reviews --interval 2m --plain',
  ]
  static override permissions = ['bedrock:GetModelInvocationJob', 'bedrock:ListModelInvocationJobs']
  static override seeAlso = ['batch show', 'batch collect', 'batch retry']
  static override args = {target: Args.string({description: 'group, or name, id or ARN of a job', required: true})}
  static override flags = {
    interval: Flags.string({description: 'time between two looks (10s, 2m); short at first, later 30 s, unless given'}),
    timeout: Flags.string({description: 'stop waiting after this (90m, 12h); exit 7'}),
    plain: Flags.boolean({
      description: 'one line a change in place of the live view; suits screen readers',
      env: 'BEDROCKCTL_PLAIN',
    }),
  }

  async run(): Promise<BatchWatchResult> {
    const {args, flags, settings} = await this.open(BatchWatch)
    const [{runBatchWatch}, {batchWatchView}, {readWait}, {isScreenWanted}] = await Promise.all([
      import('../../lib/cli/batch-watch.js'),
      import('../../lib/batch/watch/render-watch.js'),
      import('../../lib/batch/watch/read-wait.js'),
      import('../../lib/monitor/screen-wanted.js'),
    ])
    const times = {
      intervalMs: flags.interval === undefined ? undefined : readWait('interval', flags.interval, {leastMs: 1000}),
      timeoutMs: flags.timeout === undefined ? undefined : readWait('timeout', flags.timeout, {leastMs: 0}),
    }
    const format = flags.json || flags.query !== undefined ? 'json' : (flags.output ?? 'table')
    const plain = flags.plain || settings.quiet || !flags.input || format !== 'table'
    const screen = isScreenWanted({stdin: process.stdin, stdout: process.stdout, env: process.env, plain})
    const connection = await this.connect(settings)
    const view = screen ? await this.#openScreen() : await this.#openLines(format)
    const input: BatchWatchInput = {text: args.target, ...times, signal: view.signal}
    const result = await runBatchWatch(input, settings, connection, view).finally(() => view.close())
    await this.print(result, batchWatchView)
    if (result.end === 'timed-out') process.exitCode = EXIT.timedOut
    if (result.end === 'interrupted') process.exitCode = EXIT.interrupted
    return result
  }

  /** The live view: it takes the terminal until it is left or the jobs have ended. */
  async #openScreen(): Promise<WatchView> {
    const [{showBatchScreen}, {watchFrame}] = await Promise.all([
      import('../../lib/monitor/tui/show-batch.js'),
      import('../../lib/batch/watch/watch-frame-words.js'),
    ])
    const over = new AbortController()
    const left = new AbortController()
    const signal = AbortSignal.any([this.signal, over.signal])
    const stage = {stdin: process.stdin, stdout: process.stdout, signals: process, signal}
    const look = this.terminal
    const {closed, dispatch} = showBatchScreen({now: Date.now, look, stage})
    const gone = closed.finally(() => left.abort(new DOMException('left', 'AbortError')))
    return {
      signal: AbortSignal.any([this.signal, left.signal]),
      onLook: (watched, simulated) => dispatch({type: 'looked', frame: watchFrame(watched, simulated, look)}),
      onTrouble: ({message}, waitMs) =>
        dispatch({type: 'troubled', text: `${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`}),
      close: async () => {
        over.abort()
        await gone
      },
    }
  }

  /** One line a change; nothing before the end where one document is asked for. */
  async #openLines(format: string): Promise<WatchView> {
    const [{changeJson, changeLine}, {watchChanges}] = await Promise.all([
      import('../../lib/batch/watch/render-watch.js'),
      import('../../lib/batch/watch/watch-changes.js'),
    ])
    const {terminal} = this
    let before: Parameters<typeof watchChanges>[0]
    return {
      signal: this.signal,
      onLook: (watched, simulated) => {
        const at = new Date(watched.atMs).toISOString()
        for (const change of watchChanges(before, watched)) {
          if (format === 'ndjson') process.stdout.write(changeJson(change, at, simulated))
          else if (format === 'table') process.stdout.write(`${changeLine(change, at, terminal)}\n`)
        }
        before = watched
      },
      onTrouble: ({message}, waitMs) => this.note(`${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`),
      close: async () => undefined,
    }
  }
}

/** One of the two ways to show a watch. */
interface WatchView extends BatchWatchShow {
  /** Aborts when the user leaves. */
  readonly signal: AbortSignal
  close(): Promise<void>
}
