import * as Flags from '@oclif/core/flags'
import type {CapacityPlan} from '../../lib/capacity/plan/capacity-plan.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {capacityPlanFlags} from '../../lib/cli/capacity-plan-flags.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import {actions, PRICE_ACTIONS, REGION_ACTIONS} from '../../lib/cli/permissions.js'

export default class CapacityPlanCommand extends BaseCommand {
  static override summary = 'plan capacity for a traffic: model units, reserved tokens, or a higher quota'
  static override description =
    'Simulates the traffic minute by minute against quotas of tokens with their burn-down, for every number of model units: what they take, what overflows to on demand, what is throttled, and what it all costs. Compared are all on demand as it is and with a higher quota, units beside it, units alone, and reserved tokens. What a model unit serves is not public: without a figure of yours only the throttles of today are told. Prompts and answers in logs are not looked at.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --model meta.llama3-1-70b-instruct-v1:0 --region us-west-2 --rate 10/min:30m,60/min:20m,150/min:10m --input-tokens 1000 --output-tokens 200 --max-tokens 400 --quota-tpm 60k --tokens-per-minute-per-unit 150k --offline',
    '<%= config.bin %> <%= command.id %> --model anthropic.claude-sonnet-4-6 --region us-east-1 --from-metrics --since 7d',
    '<%= config.bin %> <%= command.id %> --model eu.anthropic.claude-sonnet-4-6 --region eu-central-1 --from-logs s3://my-logs/AWSLogs/111122223333/BedrockModelInvocationLogs/eu-central-1/2026/11/ -o html > plan.html',
  ]
  static override permissions = actions(PRICE_ACTIONS, REGION_ACTIONS, [
    'cloudwatch:GetMetricData',
    'cloudwatch:ListMetrics',
    's3:GetObject',
    's3:ListBucket',
    'servicequotas:ListAWSDefaultServiceQuotas',
    'servicequotas:ListServiceQuotas',
  ])
  static override seeAlso = ['account quotas', 'cost breakeven', 'cost prices']
  static override flags = {
    ...capacityPlanFlags,
    output: Flags.string({
      char: 'o',
      description: 'format of the answer; svg and html draw the sweep',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'svg', 'html'],
    }),
  }

  async run(): Promise<CapacityPlan> {
    const {flags, settings} = await this.open(CapacityPlanCommand)
    const [{planCapacity}, {capacityPlanView}, {readPlanQuestion}] = await Promise.all([
      import('../../lib/capacity/plan/plan-capacity.js'),
      import('../../lib/capacity/plan/render-plan.js'),
      import('../../lib/cli/capacity-plan.js'),
    ])
    const question = await readPlanQuestion(flags, {...this.frame(settings), warn: (text) => this.note(text)})
    return this.print(planCapacity(question), capacityPlanView(this.config.version))
  }
}
