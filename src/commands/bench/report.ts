import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BenchReport} from '../../lib/bench/report/bench-report.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'

export default class BenchReportCommand extends BaseCommand {
  static override summary = 'make a report of bench runs: one HTML file with charts, or tables'
  static override description =
    'The verdict first, then results, latency distributions, TTFT over time, throughput against latency, failures, GPU lanes, price, tokens, plan, environment and what each number means. The file needs no network and runs no script. Several runs go into one report, on the same axes; those of other tools are marked with whose definitions they follow.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out report.html',
    '<%= config.bin %> <%= command.id %> nightly latest -o html > report.html',
    '<%= config.bin %> <%= command.id %> latest -o markdown',
  ]
  static override strict = false
  static override seeAlso = ['bench show', 'bench compare', 'bench import', 'bench metrics']
  static override args = {
    run: Args.string({description: 'id, name, latest or path of a run, repeatable', default: 'latest'}),
  }
  static override flags = {
    out: Flags.string({
      description: 'write the report there; its ending says the format: .html, .md, .csv, .json',
      helpValue: 'FILE',
    }),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer; html draws charts',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'html'],
    }),
  }

  async run(): Promise<BenchReport> {
    const {args, argv, flags, settings} = await this.open(BenchReportCommand)
    const [{reportRuns, writeReport}, {reportView}] = await Promise.all([
      import('../../lib/cli/bench-report.js'),
      import('../../lib/bench/report/render-report.js'),
    ])
    const references = argv.length > 0 ? argv : [args.run ?? 'latest']
    const {report, runs} = await reportRuns(references)
    const view = reportView(runs, this.config.version)
    if (flags.out === undefined) return this.print(report, view)
    await this.confirmReplacing([flags.out])
    const format = flags.json ? 'json' : flags.output
    const written = await writeReport(report, view, flags.out, format)
    return settings.quiet ? written : this.printAside(written, view)
  }
}
