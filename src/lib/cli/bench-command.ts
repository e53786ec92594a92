import type {Settings} from '../config/settings.js'
import {BaseCommand} from './base-command.js'
import type {BenchFrame, OpenedBench, openBench} from './bench-run.js'
import type {Connection} from './connect.js'

/** A command that sends load: Ctrl-C ends it gently first, and a screen shows it where somebody looks. */
export abstract class BenchCommand extends BaseCommand {
  /** Reads plan and targets; nothing is sent to a target before the bench is run. */
  protected async openBench(
    flags: Parameters<typeof openBench>[0],
    settings: Settings,
    connection: Connection,
  ): Promise<OpenedBench> {
    const {openBench} = await import('./bench-run.js')
    return openBench(flags, settings, connection, this.#benchFrame(settings))
  }

  #benchFrame(settings: Settings): BenchFrame {
    return {
      ...this.frame(settings),
      warn: (text) => this.note(text),
      terminal: this.terminal,
      drop: this.dropSignal,
      interrupt: () => this.interrupt(),
      confirm: (question) => this.confirm(question),
      onClose: (close) => this.onClose(close),
      screen: this.terminal.interactive && !settings.quiet && process.env['CI'] === undefined,
    }
  }
}
