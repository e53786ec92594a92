import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {KubernetesExport} from '../../../lib/bench/export/bench-export.schema.js'
import {BaseCommand} from '../../../lib/cli/base-command.js'
import {benchExportFlags} from '../../../lib/cli/bench-export-flags.js'

export default class BenchExportKubernetes extends BaseCommand {
  static override summary = 'write an indexed Job of Kubernetes that runs a plan in shards'
  static override description =
    'One pod a shard, all at once, none twice. The plan goes along as flags, so that the image needs nothing but bedrockctl; Kubernetes puts the number of the shard in, without a shell. The service account is to be bound to a role that may call the targets and write the results. Nothing is called.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/bench/bench.yaml --image registry.example.com/bedrockctl:1 --shards 4 --results s3://my-bench/runs --service-account bench --region eu-central-1 > job.yaml',
  ]
  static override seeAlso = ['bench export aws-batch', 'bench merge', 'bench run']
  static override args = {plan: Args.string({description: 'plan file, bench.yaml', required: true})}
  static override flags = {
    ...benchExportFlags,
    namespace: Flags.string({description: 'namespace of the Job'}),
    'service-account': Flags.string({description: 'service account of the pods, bound to an IAM role'}),
  }

  async run(): Promise<KubernetesExport> {
    const {args, flags, settings} = await this.open(BenchExportKubernetes)
    const [{exportToKubernetes}, {kubernetesView}, {NAME, readExport}] = await Promise.all([
      import('../../../lib/bench/export/export-plan.js'),
      import('../../../lib/bench/export/render-export.js'),
      import('../../../lib/cli/bench-export.js'),
    ])
    const connection = await this.connect(settings)
    const {context, input} = await readExport(args.plan, flags, {
      connection,
      region: settings.regions[0] ?? connection.configuredRegion,
      extra: [
        ['namespace', flags.namespace, NAME, 'load'],
        ['service-account', flags['service-account'], NAME, 'bench'],
      ],
    })
    const terms = {namespace: flags.namespace, serviceAccount: flags['service-account']}
    return this.print(exportToKubernetes({...input, ...terms}, context), kubernetesView)
  }
}
