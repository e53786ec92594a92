import {once} from 'node:events'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {environmentFlags, SANDBOX_PORT} from '../../lib/cli/sandbox-flags.js'
import {describeTerminal} from '../../lib/output/terminal.js'
import type {SandboxEnvironmentResult} from '../../lib/sandbox-cli/sandbox-environment.schema.js'

export default class SandboxStart extends BaseCommand {
  static override summary = 'run a simulated AWS on this machine until Ctrl-C'
  static override description =
    'Serves Bedrock, STS, Account, EC2 Regions, Price List and Service Quotas on 127.0.0.1 for any AWS client. Prints the variables to evaluate in another shell; on a terminal, then one line a request.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --scenario degraded --latency 100ms',
    '<%= config.bin %> <%= command.id %> --port 0 --clock fast --json',
  ]
  static override seeAlso = ['sandbox env', 'sandbox scenarios']
  static override flags = {
    scenario: Flags.string({description: 'name of a scenario, or path of a scenario file', default: 'demo'}),
    port: Flags.integer({
      description: 'port to listen on; 0 takes a free one',
      default: SANDBOX_PORT,
      min: 0,
      max: 65_535,
    }),
    seed: Flags.integer({description: 'the same seed gives the same ids and failures', default: 1}),
    latency: Flags.string({description: 'delay every answer by this (100ms, 1.5s)'}),
    throttle: Flags.string({
      description: 'requests a second each operation takes, and the burst before it',
      helpValue: 'RATE/BURST',
    }),
    clock: Flags.option({options: ['real', 'fast', 'manual'] as const})({
      description: 'time of the services: fast runs five minutes a second, manual stands still until advanced',
      default: 'real',
    }),
    ...environmentFlags,
  }

  async run(): Promise<SandboxEnvironmentResult> {
    const {flags, settings} = await this.open(SandboxStart)
    const [{startSandbox}, {describeEnvironment, oneRegion}, {environmentView}, options, {renderRequest}] =
      await Promise.all([
        import('../../lib/sandbox/sandbox.js'),
        import('../../lib/sandbox-cli/sandbox-environment.js'),
        import('../../lib/sandbox-cli/render-environment.js'),
        import('../../lib/sandbox-cli/start-options.js'),
        import('../../lib/sandbox-cli/render-request.js'),
      ])
    const terminal = describeTerminal(process.stderr, process.env, {color: flags.color})
    const region = oneRegion(settings.regions)
    const sandbox = await startSandbox({
      scenario: flags.scenario,
      port: flags.port,
      seed: flags.seed,
      clock: flags.clock,
      latencyMs: options.parseLatency(flags.latency),
      throttle: options.parseThrottle(flags.throttle),
      onRequest: terminal.interactive ? (request) => this.note(renderRequest(request, terminal)) : undefined,
    }).catch((error: unknown) => {
      throw options.portError(flags.port, error)
    })
    this.onClose(() => sandbox.close())
    const environment = sandbox.env({region, bearer: flags.bearer})
    const result = await this.print(describeEnvironment(sandbox.url, environment), environmentView(flags.shell))
    if (terminal.interactive) this.note(`Scenario ${sandbox.scenario} runs at ${sandbox.url}. Ctrl-C stops it.`)
    if (!this.signal.aborted) await once(this.signal, 'abort')
    return result
  }
}
