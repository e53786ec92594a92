import {once} from 'node:events'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {environmentFlags, SANDBOX_PORT} from '../../lib/cli/sandbox-flags.js'
import {describeTerminal} from '../../lib/output/terminal.js'
import type {Sandbox, SandboxOptions} from '../../lib/sandbox/sandbox.js'
import type {EnvironmentCommandOptions} from '../../lib/sandbox-cli/environment-command.js'
import type {SandboxEnvironmentResult} from '../../lib/sandbox-cli/sandbox-environment.schema.js'

export default class SandboxStart extends BaseCommand {
  static override summary = 'run a simulated AWS on this machine until Ctrl-C'
  static override description =
    'Serves Bedrock and the AWS services around it (STS, IAM, Organizations, EC2, S3, KMS, logs, metrics, prices, quotas; reads above all) on 127.0.0.1 for any AWS client. On a terminal it shows live what is asked of it; elsewhere, and with --plain, it prints the variables to evaluate in another shell.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --scenario degraded --latency 100ms',
    '<%= config.bin %> <%= command.id %> --port 0 --clock fast --json',
  ]
  static override seeAlso = ['sandbox env', 'sandbox scenarios']
  static override flags = {
    scenario: Flags.string({description: 'name of a scenario, or path of a scenario file', default: 'demo'}),
    traffic: Flags.string({
      description:
        'callers that are made up: none, those of a scenario, or a file; default those of the scenario itself',
      helpValue: 'NAME|FILE',
    }),
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
    quotas: Flags.boolean({
      description: 'hold calls of models to their requests and tokens a minute',
      default: true,
      allowNo: true,
    }),
    clock: Flags.option({options: ['real', 'fast', 'manual'] as const})({
      description: 'time of the services: fast runs five minutes a second, manual stands still until advanced',
      default: 'real',
    }),
    plain: Flags.boolean({
      description: 'one line a request in place of the live view; suits screen readers',
      env: 'BEDROCKCTL_PLAIN',
    }),
    ...environmentFlags,
  }

  async run(): Promise<SandboxEnvironmentResult> {
    const {flags, settings} = await this.open(SandboxStart)
    const [{startSandbox}, {describeEnvironment, oneRegion}, options, {isScreenWanted}] = await Promise.all([
      import('../../lib/sandbox/sandbox.js'),
      import('../../lib/sandbox-cli/sandbox-environment.js'),
      import('../../lib/sandbox-cli/start-options.js'),
      import('../../lib/monitor/screen-wanted.js'),
    ])
    const asked = flags.json || flags.output !== undefined || flags.query !== undefined
    const plain = asked || flags.plain || settings.quiet || !flags.input
    const shown = isScreenWanted({stdin: process.stdin, stdout: process.stdout, env: process.env, plain})
    const view = await (shown ? this.#openScreen() : this.#openLines(flags.color))
    const region = oneRegion(settings.regions)
    const sandbox = await startSandbox({
      scenario: flags.scenario,
      traffic: flags.traffic,
      port: flags.port,
      seed: flags.seed,
      clock: flags.clock,
      latencyMs: options.parseLatency(flags.latency),
      throttle: options.parseThrottle(flags.throttle),
      quotas: flags.quotas,
      onRequest: view.onRequest,
    })
    this.onClose(() => sandbox.close())
    const result = describeEnvironment(sandbox.url, sandbox.env({region, bearer: flags.bearer}))
    await view.run(sandbox, result, {shell: flags.shell, region, bearer: flags.bearer})
    return result
  }

  /** The live view: it takes the terminal, and leaves one line on it. */
  async #openScreen(): Promise<View> {
    // Ink loads while the sandbox starts.
    const screen = import('../../lib/monitor/tui/show-sandbox.js')
    const [{createFeed}, {environmentCommand}] = await Promise.all([
      import('../../lib/monitor/sandbox/feed.js'),
      import('../../lib/sandbox-cli/environment-command.js'),
    ])
    const feed = createFeed()
    return {
      onRequest: feed.add,
      run: async ({url, scenario, clock}, _, shell) => {
        const {showSandbox} = await screen
        const facts = {url, scenario, clock: clock.kind, hint: environmentCommand(url, shell)}
        const stage = {stdin: process.stdin, stdout: process.stdout, signals: process, signal: this.signal}
        const sandboxNow = () => clock.now()
        this.note(await showSandbox({facts, feed, sandboxNow, now: Date.now, look: this.terminal, stage}))
      },
    }
  }

  /** The variables as the answer; on a terminal, then one line a request. */
  async #openLines(color: boolean): Promise<View> {
    const [{environmentView}, {renderRequest}] = await Promise.all([
      import('../../lib/sandbox-cli/render-environment.js'),
      import('../../lib/sandbox-cli/render-request.js'),
    ])
    const terminal = describeTerminal(process.stderr, process.env, {color})
    return {
      onRequest: terminal.interactive ? (request) => this.note(renderRequest(request, terminal)) : undefined,
      run: async ({url, scenario}, result, {shell}) => {
        await this.print(result, environmentView(shell))
        if (terminal.interactive) this.note(`Scenario ${scenario} runs at ${url}. Ctrl-C stops it.`)
        if (!this.signal.aborted) await once(this.signal, 'abort')
      },
    }
  }
}

/** One of the two ways to show what a sandbox is asked. */
interface View {
  readonly onRequest: SandboxOptions['onRequest']
  /** Resolves when the sandbox is to stop. */
  run(sandbox: Sandbox, result: SandboxEnvironmentResult, shell: EnvironmentCommandOptions): Promise<void>
}
