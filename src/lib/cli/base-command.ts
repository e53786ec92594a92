import type {Interfaces} from '@oclif/core'
import {Command} from '@oclif/core/command'
import type {Settings} from '../config/settings.js'
import type {Answer} from '../core/answer.schema.js'
import {EXIT, usageError} from '../core/errors.js'
import type {CollectedOffers} from '../models/offers/collect-offers.js'
import {describeTerminal, type Terminal} from '../output/terminal.js'
import type {View} from '../output/view.js'
import type {Connection} from './connect.js'
import {globalFlags} from './global-flags.js'
import {normaliseArgv} from './normalise-argv.js'
import {createProgress, type Progress} from './progress.js'
import {refuseEmptyArguments} from './refuse-empty.js'
import {readReporting} from './reporting.js'
import {settleConflicts} from './settle-conflicts.js'

type Flags<T extends typeof Command> = Interfaces.InferredFlags<(typeof BaseCommand)['baseFlags'] & T['flags']>
type Args<T extends typeof Command> = Interfaces.InferredArgs<T['args']>

/** What a command works with once its words are parsed. */
export interface Opened<T extends typeof Command> {
  readonly flags: Flags<T>
  readonly args: Args<T>
  /** Every argument as typed, for commands that take several. */
  readonly argv: readonly string[]
  readonly settings: Settings
}

/** A command as seen by what works for it. */
export interface CommandFrame {
  readonly settings: Settings
  readonly toolVersion: string
  readonly connect: () => Promise<Connection>
  readonly signal: AbortSignal
  readonly progress: Progress
}

/**
 * The frame of every command: words in, one answer out. A command calls `open`, one capability function and `print`,
 * and returns the result; failures are thrown and reported here, once, for people and for scripts.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = globalFlags
  /** IAM actions the command may call; shown in its help, probed by `doctor`, held against the sandbox's journal. */
  static permissions: readonly string[] = []
  /** Other commands worth knowing, shown at the end of the help. */
  static seeAlso: readonly string[] = []

  readonly #stop = new AbortController()
  /** Made when a command asks for it. */
  #drop: AbortController | undefined
  readonly #closers: (() => Promise<void> | void)[] = []
  #progress: Progress | undefined
  #output: {readonly format: string; readonly query: string | undefined; readonly color: boolean} | undefined
  #settings: Settings | undefined
  #onSignal: (() => void) | undefined
  #onHangup: (() => void) | undefined

  /** Aborts on Ctrl-C; give it to everything that waits. */
  protected get signal(): AbortSignal {
    return this.#stop.signal
  }

  /**
   * Aborts on the second Ctrl-C, for work that ends in its own time after the first; a third ends the process, as the
   * second does where nobody asked for this.
   */
  protected get dropSignal(): AbortSignal {
    this.#drop ??= new AbortController()
    return this.#drop.signal
  }

  protected get terminal(): Terminal {
    return describeTerminal(process.stdout, process.env, {color: this.#output?.color})
  }

  protected get progress(): Progress {
    this.#progress ??= createProgress(process.stderr, {
      enabled: this.#settings?.quiet !== true && process.env['TERM'] !== 'dumb',
      now: Date.now,
    })
    return this.#progress
  }

  /** Runs when the command ends, however it ends; last in, first out. */
  protected onClose(close: () => Promise<void> | void): void {
    this.#closers.push(close)
  }

  /** Parses the words of the command and settles what it runs with. */
  protected async open<T extends typeof Command>(command: T): Promise<Opened<T>> {
    this.#listen()
    const parsed = await this.parse<Flags<T>, Interfaces.OutputFlags<T['flags']>, Args<T>>(
      command as never,
      normaliseArgv(this.argv),
    )
    refuseEmptyArguments(parsed.raw)
    const typed = new Set(parsed.raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : [])))
    const flags = settleConflicts(parsed.flags, typed)
    const global = flags as unknown as Interfaces.InferredFlags<typeof globalFlags>
    this.#output = {format: global.json ? 'json' : (global.output ?? 'table'), query: global.query, color: global.color}
    const {resolveSettings} = await import('../config/resolve-settings.js')
    const settings = resolveSettings(global, {
      interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    })
    this.#settings = settings
    return {flags, args: parsed.args, argv: parsed.argv as string[], settings}
  }

  /** Opens catalog, cache and AWS (or the sandbox) as the settings say; closed when the command ends. */
  protected async connect(settings: Settings): Promise<Connection> {
    const {connect} = await import('./connect.js')
    const connection = await connect(settings, (close) => this.onClose(close))
    const {session} = connection
    if (settings.debug && session) {
      this.onClose(async () => this.note((await import('./call-lines.js')).callLines(session.calls)))
    }
    return connection
  }

  /** What a helper of the frame needs to open connections and be stopped. */
  protected frame(settings: Settings): CommandFrame {
    return {
      settings,
      toolVersion: this.config.version,
      connect: () => this.connect(settings),
      signal: this.signal,
      progress: this.progress,
    }
  }

  /** Reads what Regions offer, with progress, and a warning when the cache cannot be used. */
  protected async offersFor(
    regions: readonly string[],
    settings: Settings,
    connection: Connection,
  ): Promise<CollectedOffers> {
    const {offersFor} = await import('./offers-for.js')
    return offersFor(regions, settings, connection, {
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
  }

  /** Writes the answer in the format asked for and settles the exit code from what the answer says. */
  protected async print<Result extends Answer, Row extends object>(
    result: Result,
    view: View<Result, Row>,
  ): Promise<Result> {
    const {format, query} = this.#output ?? {format: 'table', query: undefined}
    const {renderAnswer} = await import('../output/render-answer.js')
    const text = await renderAnswer(result, view, {format, query, terminal: this.terminal})
    this.#progress?.clear()
    if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    if (query !== undefined && result.simulated) await this.#noteSimulated()
    if (this.#settings?.quiet !== true && format !== 'json') await this.#warnOfUnread(result)
    process.exitCode = exitCodeOf(result, this.signal.aborted)
    return result
  }

  /** As `print`, on stderr as text: standard output has something larger, which the answer tells of. */
  protected async printAside<Result extends Answer, Row extends object>(
    result: Result,
    view: View<Result, Row>,
  ): Promise<Result> {
    const {renderAnswer} = await import('../output/render-answer.js')
    const options = {format: 'table', query: undefined, terminal: this.#stderrTerminal}
    this.note(await renderAnswer(result, view, options))
    if (this.#settings?.quiet !== true) await this.#warnOfUnread(result)
    process.exitCode = exitCodeOf(result, this.signal.aborted)
    return result
  }

  /** A warning for people, on stderr. */
  protected note(text: string): void {
    if (this.#settings?.quiet === true) return
    this.#progress?.clear()
    process.stderr.write(`${text}\n`)
  }

  /** Asks before money is spent or something is destroyed. `--yes` answers; without a terminal it refuses. */
  protected async confirm(
    question: string,
    hint = 'Look at it with --dry-run, then run it again with --yes.',
  ): Promise<void> {
    if (this.#settings?.yes === true) return
    await this.#ask(question, hint, (asking) => asking.ask(question, this.#prompt()))
  }

  /**
   * As `confirm`, for what cannot be taken back for long: the name is typed, or given as `--confirm NAME`. `--yes` is
   * no answer to it.
   */
  protected async confirmName(question: string, name: string, given: string | undefined): Promise<void> {
    const hint = `Look at it with --dry-run, then run it again with --confirm ${name}.`
    if (given === name) return
    if (given !== undefined) {
      throw usageError('NOT_CONFIRMED', `--confirm names "${given}", not "${name}".`, {why: question, hint})
    }
    await this.#ask(question, hint, (asking) => asking.askForWord(question, name, this.#prompt()))
  }

  async #ask(
    question: string,
    hint: string,
    put: (asking: typeof import('./ask.js')) => Promise<boolean>,
  ): Promise<void> {
    if (this.#settings?.interactive !== true) {
      throw usageError('CONFIRMATION_NEEDED', 'This needs a confirmation and there is nobody to ask.', {
        why: question,
        hint,
      })
    }
    if (!(await put(await import('./ask.js')))) {
      throw usageError('NOT_CONFIRMED', 'Nothing was done.', {hint: 'Run it again and confirm it to go on.'})
    }
  }

  /** Asks before files that are there are replaced: one rule, in the same words, for all that is written. */
  protected async confirmReplacing(files: readonly (string | undefined)[]): Promise<void> {
    const {replacingQuestion} = await import('./existing-files.js')
    const question = await replacingQuestion(files)
    if (question !== undefined) await this.confirm(question, 'Name another file, or run it again with --yes.')
  }

  #prompt() {
    return {input: process.stdin, output: process.stderr, signal: this.signal}
  }

  protected override async catch(error: Error): Promise<void> {
    this.#progress?.clear()
    const {reportError} = await import('./report-error.js')
    reportError(this.signal.aborted ? this.signal.reason : error, readReporting(this.argv, process.env))
  }

  protected override async finally(): Promise<void> {
    this.#progress?.clear()
    for (const close of this.#closers.toReversed()) await this.#close(close)
    if (this.#onSignal) {
      process.removeListener('SIGINT', this.#onSignal)
      process.removeListener('SIGTERM', this.#onSignal)
    }
    if (this.#onHangup) process.removeListener('SIGHUP', this.#onHangup)
  }

  /** The answer is out by now: what fails while closing does not change it. */
  async #close(close: () => Promise<void> | void): Promise<void> {
    try {
      await close()
    } catch (error) {
      if (this.#settings?.debug === true) this.note(`closing failed: ${String(error)}`)
    }
  }

  /** As a signal does: the first stops the work and prints what is done; the second ends the process, or drops the work. */
  protected interrupt(): void {
    const reason = new Error('interrupted')
    reason.name = 'AbortError'
    if (!this.#stop.signal.aborted) this.#stop.abort(reason)
    else if (this.#drop?.signal.aborted === false) this.#drop.abort(reason)
    else process.exit(EXIT.interrupted)
  }

  #listen(): void {
    if (this.#onSignal) return
    this.#onSignal = () => this.interrupt()
    process.on('SIGINT', this.#onSignal)
    process.on('SIGTERM', this.#onSignal)
    // Once is enough: that the terminal is gone may be told by the system and by the shell.
    this.#onHangup = () => {
      if (!this.signal.aborted) this.interrupt()
    }
    process.on('SIGHUP', this.#onHangup)
  }

  /** The shape of a query's result is the caller's: the label cannot go into it. */
  async #noteSimulated(): Promise<void> {
    const {simulatedLine} = await import('../output/simulated.js')
    this.note(simulatedLine(this.#stderrTerminal))
  }

  get #stderrTerminal(): Terminal {
    return describeTerminal(process.stderr, process.env, {color: this.#output?.color})
  }

  async #warnOfUnread(result: Answer): Promise<void> {
    if (result.unread.length === 0) return
    const {describeUnread} = await import('../output/unread.js')
    this.note(describeUnread(result.unread, this.#stderrTerminal))
  }
}

/** 130 when it was interrupted, 3 when a gate failed, 6 when something could not be read, else 0. */
function exitCodeOf(result: Answer, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted
  if (result.gate && !result.gate.passed) return EXIT.gate
  return result.unread.length > 0 ? EXIT.partial : EXIT.ok
}
