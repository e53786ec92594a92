import * as Args from '@oclif/core/args'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {CustomizationShowResult} from '../../lib/customizations/show/customization-show.schema.js'

export default class CustomizationsShow extends BaseCommand {
  static override summary = 'show all of a customization job: phases, data, losses, model, what serves it'
  static override description =
    'Times of each phase, the request it was made with, the metrics that it has written to S3, the model it came to, and the deployments and provisioned throughput that serve that model. A failure comes with what to do about it where its message is known.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tone',
    '<%= config.bin %> <%= command.id %> tone --query job.phases',
  ]
  static override permissions = [
    'bedrock:GetCustomModel',
    'bedrock:GetModelCustomizationJob',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListModelCustomizationJobs',
    'bedrock:ListProvisionedModelThroughputs',
    's3:GetObject',
    's3:ListBucket',
  ]
  static override seeAlso = ['customizations watch', 'customizations metrics', 'customizations deploy']
  static override args = {job: Args.string({description: 'name, id or ARN of a job', required: true})}

  async run(): Promise<CustomizationShowResult> {
    const {args, settings} = await this.open(CustomizationsShow)
    const [{openJob}, {showJob}, {customizationShowView}] = await Promise.all([
      import('../../lib/cli/open-customizations.js'),
      import('../../lib/customizations/show/show-job.js'),
      import('../../lib/customizations/show/render-show.js'),
    ])
    const connection = await this.connect(settings)
    const {job, ...ports} = await openJob(args.job, settings, connection, this.signal)
    const shown = await showJob(job, ports, Date.now(), this.signal)
    return this.print({schemaVersion: 1, simulated: connection.simulated(), ...shown}, customizationShowView)
  }
}
