import {BaseCommand} from '../lib/cli/base-command.js'
import {monitorFlags} from '../lib/cli/monitor/flags.js'
import {actions, actionsByPrefix, PRICE_ACTIONS, REGION_ACTIONS} from '../lib/cli/permissions.js'
import type {MonitorSample} from '../lib/monitor/board/plain/sample.schema.js'

export default class Monitor extends BaseCommand {
  static override summary = 'watch models, quotas, jobs, capacity and spend of an account, live'
  static override description =
    'A board over the same functions as the other commands: requests, tokens, latency and throttles of each model called, what they take of quotas and cost an hour, jobs with their progress, capacity, endpoints, alarms, events. Without --region it watches the Regions where Bedrock is used. What may not be read says which action is missing; what is old says how old. The footer tells what the board itself asks of CloudWatch. Off a terminal, in CI, and with --json or -o ndjson it prints one JSON object a sample; with --once one frame. --allow-actions needs in addition what batch stop, batch collect, customizations stop and capacity delete need.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sandbox',
    '<%= config.bin %> <%= command.id %> --view jobs --region us-east-1 --region eu-west-1',
    '<%= config.bin %> <%= command.id %> --once --view quotas',
    '<%= config.bin %> <%= command.id %> -o ndjson --duration 10m --record night.ndjson',
    '<%= config.bin %> <%= command.id %> --replay night.ndjson --speed 10',
  ]
  static override permissions = actions(
    PRICE_ACTIONS,
    REGION_ACTIONS,
    actionsByPrefix({
      bedrock: [
        'GetCustomModel GetCustomModelDeployment GetEvaluationJob GetImportedModel GetInferenceProfile',
        'GetModelCopyJob GetModelCustomizationJob GetModelImportJob GetModelInvocationJob GetProvisionedModelThroughput',
        'ListCustomModelDeployments ListCustomModels ListEvaluationJobs ListImportedModels ListInferenceProfiles',
        'ListModelCopyJobs ListModelCustomizationJobs ListModelImportJobs ListModelInvocationJobs',
        'ListProvisionedModelThroughputs ListTagsForResource',
      ].join(' '),
      budgets: 'ViewBudget',
      ce: 'GetCostAndUsage GetCostForecast GetDimensionValues',
      cloudtrail: 'LookupEvents',
      cloudwatch: 'DescribeAlarms GetMetricData ListMetrics',
      ec2: [
        'DescribeManagedPrefixLists DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets',
        'DescribeVpcAttribute DescribeVpcEndpoints DescribeVpcEndpointServices DescribeVpcs GetManagedPrefixListEntries',
      ].join(' '),
      route53: 'ListHostedZonesByVPC',
      s3: 'GetObject ListBucket',
      servicequotas: 'ListAWSDefaultServiceQuotas ListServiceQuotas',
    }),
  )
  static override seeAlso = ['account quotas', 'audit run', 'batch watch', 'capacity list', 'cost actual']
  static override flags = monitorFlags

  async run(): Promise<MonitorSample | undefined> {
    const {flags, settings} = await this.open(Monitor)
    const [{readMonitorOptions}, {runMonitor}] = await Promise.all([
      import('../lib/cli/monitor/options.js'),
      import('../lib/cli/monitor/run-monitor.js'),
    ])
    const {env, stdin, stdout} = process
    const options = await readMonitorOptions(flags, settings, {env, stdin, stdout})
    await this.confirmReplacing([options.record])
    return runMonitor(options, {
      ...{settings, toolVersion: this.config.version, signal: this.signal, terminal: this.terminal, query: flags.query},
      connectAs: (wanted) => this.connect(wanted),
      note: (text) => this.note(text),
      print: (sample, view) => this.print(sample, view),
    })
  }
}
