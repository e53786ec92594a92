import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {CustomizationStopResult} from '../../lib/customizations/stop/customization-stop.schema.js'

export default class CustomizationsStop extends BaseCommand {
  static override strict = false
  static override summary = 'stop customization jobs'
  static override description =
    'Says what it means, and asks: tokens that were trained before are charged, no model comes of a stopped job, and it cannot be resumed. What has ended already is left as it is: stopping twice does no harm.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tone --dry-run',
    '<%= config.bin %> <%= command.id %> tone --yes --wait',
  ]
  static override permissions = [
    'bedrock:GetModelCustomizationJob',
    'bedrock:ListModelCustomizationJobs',
    'bedrock:StopModelCustomizationJob',
    's3:ListBucket',
  ]
  static override seeAlso = ['customizations watch', 'customizations show']
  static override args = {
    job: Args.string({description: 'name, id or ARN of a job; several may follow', required: true}),
  }
  static override flags = {
    wait: Flags.boolean({description: 'wait until they have ended', default: false}),
    'dry-run': Flags.boolean({description: 'show what would be stopped and do nothing', default: false}),
  }

  async run(): Promise<CustomizationStopResult> {
    const {argv, flags, settings} = await this.open(CustomizationsStop)
    const [{openCustomizationStop}, {customizationStopView}] = await Promise.all([
      import('../../lib/cli/customization-stop.js'),
      import('../../lib/customizations/stop/render-stop.js'),
    ])
    const connection = await this.connect(settings)
    const {question, stop} = await openCustomizationStop([...new Set(argv)], settings, connection, this.signal)
    if (question !== undefined && !flags['dry-run']) await this.confirm(question)
    return this.print(await stop({wait: flags.wait, dryRun: flags['dry-run']}), customizationStopView)
  }
}
