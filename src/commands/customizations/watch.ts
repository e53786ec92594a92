import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {JobWatchView} from '../../lib/cli/job-watch-view.js'
import {EXIT} from '../../lib/core/errors.js'
import type {CustomizationWatchResult} from '../../lib/customizations/watch/customization-watch.schema.js'
import type {JobLook} from '../../lib/customizations/watch/watch-job.js'

export default class CustomizationsWatch extends BaseCommand {
  static override summary = 'watch a customization job by phase, with its losses, until it ends'
  static override description =
    'Shows each phase with its time, and draws the losses of training and validation as the job writes them to S3. On a terminal one screen shows them (q leaves it); elsewhere, and with --plain, each change is one line, with -o ndjson one JSON object. Ends when the job has: exit 0 when it completed, 3 otherwise, 7 when --timeout is over, 130 when it was left. The job goes on in every case.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tone',
    '<%= config.bin %> <%= command.id %> tone --timeout 12h -o ndjson',
    '<%= config.bin %> <%= command.id %> tone --interval 2m --plain',
  ]
  static override permissions = [
    'bedrock:GetModelCustomizationJob',
    'bedrock:ListModelCustomizationJobs',
    's3:GetObject',
    's3:ListBucket',
  ]
  static override seeAlso = ['customizations show', 'customizations metrics', 'customizations deploy']
  static override args = {job: Args.string({description: 'name, id or ARN of a job', required: true})}
  static override flags = {
    interval: Flags.string({description: 'time between two looks (10s, 2m); short at first, later 30 s, unless given'}),
    timeout: Flags.string({description: 'stop waiting after this (90m, 12h); exit 7'}),
    plain: Flags.boolean({
      description: 'one line a change in place of the live view; suits screen readers',
      env: 'BEDROCKCTL_PLAIN',
    }),
  }

  async run(): Promise<CustomizationWatchResult> {
    const {args, flags, settings} = await this.open(CustomizationsWatch)
    const [{runCustomizationWatch}, {customizationWatchView}, {readWait}, {isScreenWanted}] = await Promise.all([
      import('../../lib/cli/customization-watch.js'),
      import('../../lib/customizations/watch/render-watch.js'),
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
    const input = {text: args.job, ...times}
    const {result, series} = await runCustomizationWatch(input, settings, connection, view).finally(() => view.close())
    await this.print(
      result,
      customizationWatchView(() => series),
    )
    if (result.end === 'timed-out') process.exitCode = EXIT.timedOut
    if (result.end === 'interrupted') process.exitCode = EXIT.interrupted
    return result
  }

  async #openScreen(): Promise<JobWatchView<JobLook>> {
    const [{openJobScreen}, {watchFrame}] = await Promise.all([
      import('../../lib/cli/job-watch-view.js'),
      import('../../lib/customizations/watch/watch-frame-words.js'),
    ])
    const look = this.terminal
    return openJobScreen<JobLook>((sighting, simulated) => watchFrame(sighting, simulated, look), {
      look,
      signal: this.signal,
    })
  }

  async #openLines(format: string): Promise<JobWatchView<JobLook>> {
    const [{openJobLines}, {changeJson, changeLine}, {watchChanges}] = await Promise.all([
      import('../../lib/cli/job-watch-view.js'),
      import('../../lib/customizations/watch/render-watch.js'),
      import('../../lib/customizations/watch/watch-changes.js'),
    ])
    const lines = {
      changes: watchChanges,
      line: (change: Parameters<typeof changeLine>[0], at: string) => changeLine(change, at, this.terminal),
      json: changeJson,
    }
    return openJobLines<JobLook, Parameters<typeof changeLine>[0]>(lines, format, {
      note: (text) => this.note(text),
      signal: this.signal,
    })
  }
}
