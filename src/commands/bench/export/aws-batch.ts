import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {AwsBatchExport} from '../../../lib/bench/export/bench-export.schema.js'
import {BaseCommand} from '../../../lib/cli/base-command.js'
import {benchExportFlags} from '../../../lib/cli/bench-export-flags.js'

export default class BenchExportAwsBatch extends BaseCommand {
  static override summary = 'write an array job of AWS Batch that runs a plan in shards'
  static override description =
    'A job definition and a job, as two commands of the AWS CLI; --json has their input. The plan goes along as flags, so that the image needs nothing but bedrockctl and a shell, which gets the words of the plan as parameters and reads none of them. Nothing is called.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/bench/bench.yaml --image 111122223333.dkr.ecr.eu-central-1.amazonaws.com/bedrockctl:1 --shards 4 --results s3://my-bench/runs --role arn:aws:iam::111122223333:role/bench --queue load --region eu-central-1',
  ]
  static override seeAlso = ['bench export kubernetes', 'bench merge', 'bench run']
  static override args = {plan: Args.string({description: 'plan file, bench.yaml', required: true})}
  static override flags = {
    ...benchExportFlags,
    role: Flags.string({
      description: 'role of the containers: it calls the targets and writes the results',
      helpValue: 'ARN',
      required: true,
    }),
    queue: Flags.string({description: 'job queue, by name or ARN', required: true}),
    'execution-role': Flags.string({
      description: 'run on Fargate, whose containers this role starts; on EC2 unless given',
      helpValue: 'ARN',
    }),
  }

  async run(): Promise<AwsBatchExport> {
    const {args, flags, settings} = await this.open(BenchExportAwsBatch)
    const [{exportToAwsBatch}, {awsBatchView}, {QUEUE, readExport, roleCheck}] = await Promise.all([
      import('../../../lib/bench/export/export-plan.js'),
      import('../../../lib/bench/export/render-export.js'),
      import('../../../lib/cli/bench-export.js'),
    ])
    const connection = await this.connect(settings)
    const {context, input} = await readExport(args.plan, flags, {
      connection,
      region: settings.regions[0] ?? connection.configuredRegion,
      extra: [
        roleCheck('role', flags.role),
        roleCheck('execution-role', flags['execution-role']),
        ['queue', flags.queue, QUEUE, 'load'],
      ],
    })
    const terms = {role: flags.role, queue: flags.queue, executionRole: flags['execution-role']}
    return this.print(exportToAwsBatch({...input, ...terms}, context), awsBatchView)
  }
}
