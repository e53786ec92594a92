import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../src/lib/cli/base-command.js'
import type {Answer} from '../../src/lib/core/answer.schema.js'
import {usageError} from '../../src/lib/core/errors.js'

export interface ProbeResult extends Answer {
  readonly names: readonly {readonly name: string}[]
}

/** A command that does what its flags say: for tests of the frame that every command shares. */
export class Probe extends BaseCommand {
  static override summary = 'probe the frame'
  static override args = {names: Args.string({description: 'names to print'})}
  static override flags = {
    fail: Flags.string({description: 'how to fail', options: ['usage', 'bug', 'close', 'abort']}),
    simulated: Flags.boolean({description: 'answer as a sandbox does'}),
    gate: Flags.boolean({description: 'fail the gate'}),
    unread: Flags.boolean({description: 'leave something unread'}),
    ask: Flags.boolean({description: 'ask before answering'}),
  }

  async run(): Promise<ProbeResult> {
    const {flags, args} = await this.open(Probe)
    if (flags.fail === 'usage') throw usageError('PROBE', 'The probe failed.', {hint: 'Try again.'})
    if (flags.fail === 'bug') throw new TypeError('cannot read\u001B[2J of undefined')
    if (flags.fail === 'close') this.onClose(() => Promise.reject(new Error('close failed')))
    if (flags.fail === 'abort') {
      process.emit('SIGINT')
      this.signal.throwIfAborted()
    }
    if (flags.ask) await this.confirm('Go on?')
    const result: ProbeResult = {
      schemaVersion: 1,
      simulated: flags.simulated,
      unread: flags.unread
        ? [{region: 'eu-west-3', action: 'bedrock:ListFoundationModels', code: 'ACCESS_DENIED', reason: 'denied'}]
        : [],
      ...(flags.gate ? {gate: {requirement: 'r', passed: false, failures: ['f']}} : {}),
      names: (args.names ?? '')
        .split(',')
        .filter((name) => name !== '')
        .map((name) => ({name})),
    }
    return this.print(result, {
      rows: ({names}) => names,
      columns: () => [{key: 'name', title: 'Name', value: (row: {readonly name: string}) => row.name}],
    })
  }
}
