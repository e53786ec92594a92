import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import type {CustomizationMetricsResult} from '../../lib/customizations/metrics/customization-metrics.schema.js'

export default class CustomizationsMetrics extends BaseCommand {
  static override summary = 'draw the training and validation metrics of a customization job'
  static override description =
    'Reads the files of metrics that the job has written to its output so far; columns are known by their names, and rows of one step are averaged. Reinforcement fine-tuning writes rewards in place of losses. -o html is one file that needs no network; -o csv has a line for each value.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tone',
    '<%= config.bin %> <%= command.id %> tone -o html > tone.html',
    '<%= config.bin %> <%= command.id %> tone -o csv',
  ]
  static override permissions = [
    'bedrock:GetModelCustomizationJob',
    'bedrock:ListModelCustomizationJobs',
    's3:GetObject',
    's3:ListBucket',
  ]
  static override seeAlso = ['customizations watch', 'customizations show']
  static override args = {job: Args.string({description: 'name, id or ARN of a job', required: true})}
  static override flags = {
    output: Flags.string({
      char: 'o',
      description: 'format of the answer; svg and html draw the lines',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'svg', 'html'],
    }),
  }

  async run(): Promise<CustomizationMetricsResult> {
    const {args, settings} = await this.open(CustomizationsMetrics)
    const [{openJob}, {jobRow}, {customizationMetricsView}] = await Promise.all([
      import('../../lib/cli/open-customizations.js'),
      import('../../lib/customizations/job-row.js'),
      import('../../lib/customizations/metrics/render-metrics.js'),
    ])
    const connection = await this.connect(settings)
    const {job, metrics} = await openJob(args.job, settings, connection, this.signal)
    const {files, series, unread} = await metrics.read(job, this.signal)
    const now = new Date()
    const result: CustomizationMetricsResult = {
      schemaVersion: 1,
      simulated: connection.simulated(),
      unread,
      asOf: now.toISOString(),
      job: jobRow(job, now.getTime()),
      files,
      series,
    }
    return this.print(result, customizationMetricsView(this.config.version))
  }
}
