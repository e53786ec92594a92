import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import type {CostDiff} from '../../lib/cost/diff/cost-diff.schema.js'

export default class CostDiffCommand extends BaseCommand {
  static override summary = 'tell what a change of workload files costs, as a comment for a pull request'
  static override description =
    'Prices both files with the same book and compares them workload by workload, line by line; workloads are the same when their names are. -o markdown writes a comment, marked so that a job finds it again. A broken limit is exit 3, and so is one that cannot be judged because a line has no price. An empty BEFORE stands for no workloads.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/workloads/chat.yaml examples/workloads/batch-classification.yaml --offline',
    'git show HEAD:examples/workloads/chat.yaml | <%= config.bin %> <%= command.id %> - examples/workloads/chat.yaml -o markdown --max-increase 10% --offline',
    '<%= config.bin %> <%= command.id %> examples/workloads/agent.yaml examples/workloads/rag.yaml --max-monthly 5000 --max-increase 500 --offline',
  ]
  static override permissions = PRICE_ACTIONS
  static override seeAlso = ['cost estimate', 'cost prices']
  static override args = {
    before: Args.string({description: 'workload file as it was; - reads standard input', required: true}),
    after: Args.string({description: 'workload file as it is to be', required: true}),
  }
  static override flags = {
    'max-monthly': Flags.string({
      description: 'most that a month may cost after the change: 5000, "9000 CNY"; once a currency',
      multiple: true,
      helpValue: '<amount>',
    }),
    'max-increase': Flags.string({
      description: 'most that a month may cost more than before: 10%, 500, "900 CNY"; repeatable, all must hold',
      multiple: true,
      helpValue: '<amount>',
    }),
  }

  async run(): Promise<CostDiff> {
    const {args, flags, settings} = await this.open(CostDiffCommand)
    const [{parseLimits}, {diffEstimates}, {costDiffView}, {estimateFile, readSides}, {openPrices}, {regionsOf}] =
      await Promise.all([
        import('../../lib/cost/diff/parse-limits.js'),
        import('../../lib/cost/diff/diff-estimates.js'),
        import('../../lib/cost/diff/render-cost-diff.js'),
        import('../../lib/cli/estimate-file.js'),
        import('../../lib/cli/price-book.js'),
        import('../../lib/cli/regions-of.js'),
      ])
    const limits = parseLimits(flags['max-monthly'] ?? [], flags['max-increase'] ?? [])
    const connection = await this.connect(settings)
    const {catalog} = connection
    const reading = {catalog, region: settings.regions[0] ?? connection.configuredRegion}
    const [before, after] = await readSides(args, reading)
    const {book, origin} = await openPrices(settings, connection, {
      regions: [before, after].flatMap(({region, workloads}) => regionsOf(workloads, region)),
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    const priced = (file: typeof before) =>
      estimateFile(file, {prices: origin, simulated: connection.simulated()}, {catalog, book})
    return this.print(diffEstimates(await priced(before), await priced(after), limits), costDiffView)
  }
}
