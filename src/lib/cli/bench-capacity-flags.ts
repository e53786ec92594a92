import * as Flags from '@oclif/core/flags'

/** A run in place of figures that are typed: what commands of `cost` take for GPUs of one's own. */
export const benchCapacityFlags = {
  bench: Flags.string({
    helpValue: 'RUN',
    description:
      'self-hosted: throughput, GPUs and their price from a bench run, at its goodput where it has objectives; id, name, latest or folder',
  }),
  own: Flags.string({
    helpValue: 'NAME',
    description: 'the target of the run that is on premises, by name; needed where it has several',
  }),
  'bench-gpus': Flags.string({
    helpValue: 'GPUS',
    description: 'how many GPUs served the run together; as the run has it unless given',
  }),
  'other-mix': Flags.boolean({
    description: 'take the throughput of the run for a workload with other lengths than it had',
  }),
}

/** Those flags as parsed. */
export interface BenchCapacityFlags {
  readonly bench: string | undefined
  readonly own: string | undefined
  readonly 'bench-gpus': string | undefined
  readonly 'other-mix': boolean
}
