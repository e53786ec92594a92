import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {CALL_READ_ACTIONS, callFlags} from '../../lib/cli/iam-flags.js'
import type {IamWhoCan} from '../../lib/permissions/who-can/who-can.schema.js'

export default class IamWhoCanCommand extends BaseCommand {
  static override summary = 'list the users and roles that can call a model, and the statements that let them'
  static override description =
    'Judges every user and role of the account by every way to reach the model from the Region: the model itself, profiles of AWS and of the account, Mantle; or by one with --route. Lists who can and who may: a principal of which something is not known is never left out, and exits 6.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> invoke anthropic.claude-sonnet-4-6 --from eu-central-1',
    '<%= config.bin %> <%= command.id %> invoke amazon.nova-lite-v1:0 --snapshot snapshot.json --all',
    '<%= config.bin %> <%= command.id %> invoke anthropic.claude-sonnet-4-6 --route global -o csv',
  ]
  static override permissions = CALL_READ_ACTIONS
  static override seeAlso = ['iam simulate', 'iam generate', 'account snapshot']
  static override args = {
    action: Args.string({description: 'what is done with the model', options: ['invoke'], required: true}),
    model: Args.string({description: 'model or profile: any id, ARN or display name', required: true}),
  }
  static override flags = {
    ...callFlags,
    all: Flags.boolean({description: 'list also those who cannot, and what stops them', default: false}),
  }

  async run(): Promise<IamWhoCan> {
    const {args, flags, settings} = await this.open(IamWhoCanCommand)
    const [{accountForCall}, {whoCanCall}, {iamWhoCanView}] = await Promise.all([
      import('../../lib/cli/account-for-call.js'),
      import('../../lib/permissions/who-can/who-can-call.js'),
      import('../../lib/permissions/who-can/render-who-can.js'),
    ])
    const {route, streaming, guardrail, vpce, context = []} = flags
    const call = {workload: 'invoke', model: args.model, route, streaming, guardrail, vpce, context} as const
    const {input, known} = await accountForCall(
      {
        call: {...call, apiKey: undefined, role: undefined},
        from: flags.from,
        file: flags.snapshot,
        settings,
        toolVersion: this.config.version,
      },
      {signal: this.signal, progress: this.progress, connect: () => this.connect(settings)},
    )
    return this.print(whoCanCall({...input, all: flags.all}, known), iamWhoCanView)
  }
}
