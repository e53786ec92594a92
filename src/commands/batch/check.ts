import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchCheck} from '../../lib/batch/check/batch-check.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BatchCheckCommand extends BaseCommand {
  static override summary = 'hold every record of a JSON Lines file against what batch inference takes'
  static override description =
    'Reads files of any size once, in bounded memory, and tells all problems in groups with their counts and first lines: lines that are no JSON, recordIds that are missing or came before, bodies that the model would refuse, text that cannot fit its context, and limits of files and jobs: those of the account where --model and --region are given, else documented ones. Values are never written anew: --fix changes only the bytes that are wrong. Exit code 3 when something must be fixed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/batch/reviews.jsonl --model anthropic.claude-sonnet-4-6 --offline',
    '<%= config.bin %> <%= command.id %> examples/batch/reviews.jsonl --rejects rejects.jsonl --fix fixed.jsonl --offline',
  ]
  static override permissions = ['s3:GetObject', 'servicequotas:ListServiceQuotas']
  static override seeAlso = ['batch plan', 'batch prepare', 'batch submit']
  static override args = {
    file: Args.string({description: 'JSON Lines, one record a line; a file or an s3:// URI', required: true}),
  }
  static override flags = {
    model: Flags.string({description: 'the model or inference profile that the records are for'}),
    api: Flags.string({
      description: 'how bodies are worded; settled by the model and the records when not given',
      options: ['invoke', 'converse'],
    }),
    rejects: Flags.string({description: 'write the lines that are wrong there, byte by byte', helpValue: 'FILE'}),
    fix: Flags.string({
      description: 'write a copy there with safe repairs made; with --rejects, without the lines that stay wrong',
      helpValue: 'FILE',
    }),
    threads: Flags.integer({description: 'threads for a file of this machine; by its size when not given', min: 1}),
  }

  async run(): Promise<BatchCheck> {
    const {args, flags, settings} = await this.open(BatchCheckCommand)
    const [{checkInput}, {checkView}, cli, {openBatchInput}, {randomInt}] = await Promise.all([
      import('../../lib/batch/check/check-input.js'),
      import('../../lib/batch/check/render-check.js'),
      import('../../lib/cli/batch-check.js'),
      import('../../lib/cli/batch-input.js'),
      import('node:crypto'),
    ])
    const connect = () => this.connect(settings)
    const {source, file, catalog, connection} = await openBatchInput(args.file, connect, this.signal)
    await cli.refuseSameFile(args.file, {'--fix': flags.fix, '--rejects': flags.rejects})
    await this.confirmReplacing([flags.fix, flags.rejects])
    const [region] = settings.regions
    const account =
      flags.model === undefined || region === undefined
        ? {quotas: undefined, unread: []}
        : await cli.readAppliedQuotas(connection, region, this.signal)
    const threads = file === undefined ? 1 : cli.checkThreads(flags.threads, source.bytes)
    const result = await checkInput(
      {
        source,
        model: flags.model,
        api: flags.api === undefined ? undefined : flags.api === 'converse' ? 'Converse' : 'InvokeModel',
        copies: {fixed: flags.fix, rejects: flags.rejects},
        idSeed: randomInt(2 ** 32),
        simulated: connection.simulated(),
        unread: account.unread,
      },
      {
        catalog,
        quotas: account.quotas,
        ratesOf: await cli.tokenRates(),
        runnerOf: file === undefined ? undefined : await cli.threadedRunner(file, source, threads),
        signal: this.signal,
        onProgress: (bytes) => this.progress.update(megabytes(bytes), megabytes(source.bytes), 'MB checked'),
      },
    )
    return this.print(result, checkView)
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
