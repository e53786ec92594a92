import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchListResult} from '../../lib/batch/list/batch-list.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BatchList extends BaseCommand {
  static override summary = 'list batch jobs, those of a group in one line'
  static override description =
    'Jobs of the account in the Regions asked for, newest first: groups of bedrockctl batch submit with all their jobs together, and jobs made elsewhere. Groups that are planned on this machine and not submitted yet are listed too. FAILED of a group is what was tried and is still without an answer. A rate needs evidence: without a second look it is the least it can be, counted from submission.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region all --state InProgress',
    '<%= config.bin %> <%= command.id %> reviews',
    '<%= config.bin %> <%= command.id %> --since 7d --sort=-failed',
  ]
  static override permissions = [
    'bedrock:GetModelInvocationJob',
    'bedrock:ListModelInvocationJobs',
    'sts:GetCallerIdentity',
  ]
  static override seeAlso = ['batch show', 'batch watch', 'batch submit']
  static override args = {group: Args.string({description: 'list each job of this group'})}
  static override flags = {
    all: Flags.boolean({description: 'each job of every group in a line of its own'}),
    state: Flags.string({description: 'keep this state (InProgress, Failed, Planned); a group by any of its jobs'}),
    since: Flags.string({description: 'keep what was submitted since then (36h, 7d, or a date)'}),
    model: Flags.string({description: 'keep models and profiles with this in their name'}),
    columns: Flags.string({description: 'columns to show, in this order'}),
    sort: Flags.string({description: 'column to sort by; -column for descending'}),
  }

  async run(): Promise<BatchListResult> {
    const {args, flags, settings} = await this.open(BatchList)
    const [{listBatch}, {batchListView, sortBatchList}, {parseSince}, {readBatchList}] = await Promise.all([
      import('../../lib/batch/list/list-batch.js'),
      import('../../lib/batch/list/render-batch-list.js'),
      import('../../lib/batch/list/parse-since.js'),
      import('../../lib/cli/batch-list.js'),
    ])
    const view = batchListView(flags.columns)
    const since = parseSince(flags.since, new Date())
    const connection = await this.connect(settings)
    const facts = await readBatchList(args.group, settings, connection, {
      signal: this.signal,
      warn: (text) => this.note(text),
    })
    const {all, model, state} = flags
    return this.print(sortBatchList(listBatch({group: args.group, all, state, model, since}, facts), flags.sort), view)
  }
}
