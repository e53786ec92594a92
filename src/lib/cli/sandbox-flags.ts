import * as Flags from '@oclif/core/flags'

/** Where `sandbox start` listens and `sandbox env` looks, unless told otherwise. */
export const SANDBOX_PORT = 4599

/** Flags of the commands that print a shell's variables. */
export const environmentFlags = {
  shell: Flags.option({options: ['bash', 'fish', 'powershell'] as const})({
    description: 'syntax of the lines to evaluate',
    default: 'bash',
  }),
  bearer: Flags.boolean({description: 'sign in with a Bedrock API key too; clients that know it prefer it'}),
}
