import * as Flags from '@oclif/core/flags'
import {workloadFlags} from './cost-flags.js'

export const benchAdviseFlags = {
  run: Flags.string({
    description: 'the run, or two: one of your own server, one of Bedrock; id, name, latest or folder',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'RUN',
  }),
  own: Flags.string({
    description: 'the target of the run that is on premises, by name; needed where it has several',
    helpValue: 'NAME',
  }),
  'gpu-hourly': Flags.string({
    helpValue: 'USD',
    description: 'what one GPU costs an hour, in USD; as the run has it unless given',
  }),
  gpus: Flags.string({
    helpValue: 'GPUS',
    description: 'how many GPUs served the run together; as the run has it unless given',
  }),
  utilisation: Flags.string({
    helpValue: 'SHARE',
    description: 'share of the measured throughput that is used over the month; 50% unless given',
  }),
  'other-mix': Flags.boolean({
    description: 'take the throughput of the run for a workload with other lengths than it had',
  }),
  ...workloadFlags,
}

/** Those flags as parsed. */
export interface BenchAdviseFlags {
  readonly run: readonly string[] | undefined
  readonly own: string | undefined
  readonly 'gpu-hourly': string | undefined
  readonly gpus: string | undefined
  readonly utilisation: string | undefined
  readonly 'other-mix': boolean
}
