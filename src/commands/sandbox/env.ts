import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {environmentFlags, SANDBOX_PORT} from '../../lib/cli/sandbox-flags.js'
import type {SandboxEnvironmentResult} from '../../lib/sandbox-cli/sandbox-environment.schema.js'

export default class SandboxEnv extends BaseCommand {
  static override summary = 'print the variables that point AWS clients at a running sandbox'
  static override description =
    'Evaluate the lines in a shell, and its AWS CLI, SDKs and bedrockctl talk to the sandbox; close the shell to be back.'
  static override examples = [
    'eval "$(<%= config.bin %> <%= command.id %>)"',
    '<%= config.bin %> <%= command.id %> --region eu-central-1 --shell fish | source',
  ]
  static override seeAlso = ['sandbox start', 'sandbox scenarios']
  static override flags = {
    url: Flags.string({description: 'address of the sandbox', default: `http://127.0.0.1:${SANDBOX_PORT}`}),
    ...environmentFlags,
  }

  async run(): Promise<SandboxEnvironmentResult> {
    const {flags, settings} = await this.open(SandboxEnv)
    const [{readLogin, sandboxUrl}, {describeEnvironment, oneRegion}, {sandboxEnvironment}, view] = await Promise.all([
      import('../../lib/sandbox-cli/sandbox-login.js'),
      import('../../lib/sandbox-cli/sandbox-environment.js'),
      import('../../lib/sandbox/environment.js'),
      import('../../lib/sandbox-cli/render-environment.js'),
    ])
    const region = oneRegion(settings.regions)
    const url = sandboxUrl(flags.url)
    const login = await readLogin(url, this.signal)
    const result = describeEnvironment(url, sandboxEnvironment(url, login, {region, bearer: flags.bearer}))
    return this.print(result, view.environmentView(flags.shell))
  }
}
