import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {EXIT} from '../../lib/core/errors.js'
import type {ImportsWatchResult} from '../../lib/imports/watch/imports-watch.schema.js'

export default class ImportsWatch extends BaseCommand {
  static override summary = 'watch a model import until it ends'
  static override description =
    'The service tells of the state of an import and of nothing between: how long it may take is told by imports that completed here before, and not at all where there are none. On a terminal one screen shows it (q leaves it); elsewhere, and with --plain, each change is one line, with -o ndjson one JSON object. Ends when the import has: exit 0 when it completed, 3 when it failed, with what to do about it, 7 when --timeout is over, 130 when it was left. The import goes on in every case.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> house-llama',
    '<%= config.bin %> <%= command.id %> house-llama --timeout 2h -o ndjson',
    '<%= config.bin %> <%= command.id %> house-llama --interval 1m --plain',
  ]
  static override permissions = [
    'bedrock:GetImportedModel',
    'bedrock:GetModelImportJob',
    'bedrock:ListImportedModels',
    'bedrock:ListModelImportJobs',
  ]
  static override seeAlso = ['imports show', 'imports invoke']
  static override args = {
    job: Args.string({description: 'name, id or ARN of a job, or name of its model', required: true}),
  }
  static override flags = {
    interval: Flags.string({description: 'time between two looks (10s, 2m); short at first, later 30 s, unless given'}),
    timeout: Flags.string({description: 'stop waiting after this (90m, 12h); exit 7'}),
    plain: Flags.boolean({
      description: 'one line a change in place of the live view; suits screen readers',
      env: 'BEDROCKCTL_PLAIN',
    }),
  }

  async run(): Promise<ImportsWatchResult> {
    const {args, flags, settings} = await this.open(ImportsWatch)
    const [{runImportWatch}, {openImportView}, {importsWatchView}, {readWait}] = await Promise.all([
      import('../../lib/cli/import-watch.js'),
      import('../../lib/cli/import-watch-view.js'),
      import('../../lib/imports/watch/render-watch.js'),
      import('../../lib/batch/watch/read-wait.js'),
    ])
    const times = {
      intervalMs: flags.interval === undefined ? undefined : readWait('interval', flags.interval, {leastMs: 1000}),
      timeoutMs: flags.timeout === undefined ? undefined : readWait('timeout', flags.timeout, {leastMs: 0}),
    }
    const connection = await this.connect(settings)
    const view = await openImportView({
      format: flags.json || flags.query !== undefined ? 'json' : (flags.output ?? 'table'),
      plain: flags.plain || settings.quiet || !flags.input,
      terminal: this.terminal,
      note: (text) => this.note(text),
      signal: this.signal,
    })
    const result = await runImportWatch(args.job, times, settings, connection, view).finally(() => view.close())
    await this.print(result, importsWatchView)
    if (result.end === 'timed-out') process.exitCode = EXIT.timedOut
    if (result.end === 'interrupted') process.exitCode = EXIT.interrupted
    return result
  }
}
