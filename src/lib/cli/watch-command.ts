import type {Interfaces} from '@oclif/core'
import type {Settings} from '../config/settings.js'
import type {Answer} from '../core/answer.schema.js'
import {EXIT} from '../core/errors.js'
import type {View} from '../output/view.js'
import {BaseCommand} from './base-command.js'
import type {WatchTimes} from './read-wait.js'
import {watchFlags} from './watch-flags.js'
import type {WatchFrame} from './watch-view.js'

type WatchFlags = Interfaces.InferredFlags<(typeof BaseCommand)['baseFlags'] & typeof watchFlags>

/** The frame of the commands that watch jobs until they end: read alike, shown alike, with the same exit codes. */
export abstract class WatchCommand extends BaseCommand {
  static override flags = watchFlags

  /** How long it is watched, and where it is shown; what cannot be understood is refused before anything is opened. */
  protected async watching(
    flags: WatchFlags,
    settings: Settings,
  ): Promise<{readonly times: WatchTimes; readonly frame: WatchFrame}> {
    const [{readTimes}, {isScreenWanted}] = await Promise.all([
      import('./read-wait.js'),
      import('../monitor/screen-wanted.js'),
    ])
    const times = readTimes(flags)
    const format = flags.json || flags.query !== undefined ? 'json' : (flags.output ?? 'table')
    const plain = flags.plain || settings.quiet || !flags.input || format !== 'table'
    const screen = isScreenWanted({stdin: process.stdin, stdout: process.stdout, env: process.env, plain})
    const {signal, terminal} = this
    return {times, frame: {format, screen, terminal, signal, note: (text) => this.note(text)}}
  }

  /** As `print`; a watch that was over before its jobs ends with an exit code of its own. */
  protected async printEnd<Result extends Answer & {readonly end: string}, Row extends object>(
    result: Result,
    view: View<Result, Row>,
  ): Promise<Result> {
    await this.print(result, view)
    if (result.end === 'timed-out') process.exitCode = EXIT.timedOut
    if (result.end === 'interrupted') process.exitCode = EXIT.interrupted
    return result
  }
}
