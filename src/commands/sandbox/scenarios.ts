import {BaseCommand} from '../../lib/cli/base-command.js'
import type {SandboxScenariosResult} from '../../lib/sandbox-cli/sandbox-scenarios.schema.js'

export default class SandboxScenarios extends BaseCommand {
  static override summary = 'list the simulated accounts that the sandbox can play'
  static override description =
    'Each is a data file; a file of your own does as well, by its path. Every command takes one with --sandbox=NAME.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> models list --sandbox=fresh-account',
  ]
  static override seeAlso = ['sandbox start', 'sandbox env']

  async run(): Promise<SandboxScenariosResult> {
    await this.open(SandboxScenarios)
    const [{listScenarios}, {describeScenarios}, {scenariosView}] = await Promise.all([
      import('../../lib/sandbox/world/load-scenario.js'),
      import('../../lib/sandbox-cli/describe-scenarios.js'),
      import('../../lib/sandbox-cli/render-scenarios.js'),
    ])
    return this.print(describeScenarios(await listScenarios()), scenariosView)
  }
}
