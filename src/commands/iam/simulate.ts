import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {CALL_READ_ACTIONS, callFlags} from '../../lib/cli/iam-flags.js'
import {actions} from '../../lib/cli/permissions.js'
import type {IamSimulate} from '../../lib/permissions/simulate/simulate.schema.js'

const API_KEYS = {'short-term': 'SHORT_TERM', 'long-term': 'LONG_TERM'} as const

export default class IamSimulateCommand extends BaseCommand {
  static override summary = 'tell whether a principal may make a call, leg by leg, and what would close the gaps'
  static override description =
    'Judges every policy that counts: identity, boundary, control policies at each level, VPC endpoint, resource. Behind a geographic profile the model is checked in every destination, behind a Global one without a Region. Exit 3 when the call is denied, 6 when something needed to know is not known: that never counts as allowed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --principal app --model anthropic.claude-sonnet-4-6 --from eu-central-1',
    '<%= config.bin %> <%= command.id %> --principal app --model amazon.nova-lite-v1:0 --route global --snapshot snapshot.json',
    '<%= config.bin %> <%= command.id %> --principal app --model amazon.nova-lite-v1:0 --vpce vpce-0a1b2c3d4e5f60718',
    '<%= config.bin %> <%= command.id %> --principal ops --workload batch --role BatchRole --model amazon.nova-lite-v1:0',
  ]
  static override permissions = actions(CALL_READ_ACTIONS, ['iam:SimulatePrincipalPolicy'])
  static override seeAlso = ['iam who-can', 'iam generate', 'account snapshot', 'routes trace']
  static override flags = {
    principal: Flags.string({
      description: 'user or role: name, ARN, user/NAME or role/NAME',
      required: true,
    }),
    model: Flags.string({description: 'model or profile: any id, ARN or display name', required: true}),
    ...callFlags,
    workload: Flags.option({options: ['invoke', 'mantle', 'batch'] as const, default: 'invoke' as const})({
      description: 'kind of call',
    }),
    role: Flags.string({description: 'service role of a batch job: name or ARN'}),
    'api-key': Flags.option({options: ['short-term', 'long-term'] as const})({
      description: 'judge a call with a Bedrock API key of the principal',
    }),
    'verify-with-aws': Flags.boolean({
      description: 'ask iam:SimulatePrincipalPolicy about the same legs, and say what it leaves out',
      exclusive: ['snapshot'],
    }),
  }

  async run(): Promise<IamSimulate> {
    const {flags, settings} = await this.open(IamSimulateCommand)
    const [{accountForCall}, {simulateCall}, {iamSimulateView}] = await Promise.all([
      import('../../lib/cli/account-for-call.js'),
      import('../../lib/permissions/simulate/simulate-call.js'),
      import('../../lib/permissions/simulate/render-simulate.js'),
    ])
    const {workload, model, route, streaming, guardrail, vpce, role, context = []} = flags
    const key = flags['api-key']
    const apiKey = key === undefined ? undefined : API_KEYS[key]
    const {input, known, connection} = await accountForCall(
      {
        call: {workload, model, route, streaming, guardrail, vpce, apiKey, role, context},
        from: flags.from,
        file: flags.snapshot,
        settings,
        toolVersion: this.config.version,
      },
      {signal: this.signal, progress: this.progress, connect: () => this.connect(settings)},
    )
    const simulator = flags['verify-with-aws'] ? await connection?.session?.policySimulator() : undefined
    const result = await simulateCall({...input, principal: flags.principal}, known, simulator, this.signal)
    return this.print(result, iamSimulateView)
  }
}
