import * as Flags from '@oclif/core/flags'
import {type BenchCapacityFlags, benchCapacityFlags} from './bench-capacity-flags.js'
import {workloadFlags} from './cost-flags.js'

/** What capacity serves and costs, as measured or offered: none of it is public. */
const capacityFlags = {
  'tokens-per-minute-per-unit': Flags.string({
    helpValue: 'TOKENS',
    description: 'provisioned: input and output tokens a minute that one model unit serves, as measured',
  }),
  'peak-factor': Flags.string({
    helpValue: 'FACTOR',
    description: 'provisioned and reserved: busiest minute over the mean one; 2 unless given',
  }),
  'units-per-copy': Flags.string({
    helpValue: 'UNITS',
    description: 'imported: Custom Model Units of one copy; GetImportedModel says it after the import',
  }),
  'unit-version': Flags.option({options: ['v1.0', 'v2.0'] as const})({
    description: 'imported: version of the Custom Model Unit; v2.0 for gpt-oss; v1.0 unless given',
  }),
  'requests-per-hour-per-copy': Flags.string({
    helpValue: 'REQUESTS',
    description: 'imported: what one copy serves, as measured',
  }),
  'gpu-hourly': Flags.string({helpValue: 'USD', description: 'self-hosted: what one GPU costs an hour, in USD'}),
  'tokens-per-second': Flags.string({
    helpValue: 'TOKENS',
    description: 'self-hosted: measured throughput of one GPU, input and output tokens together',
  }),
  utilisation: Flags.string({
    helpValue: 'SHARE',
    description: 'self-hosted: share of that throughput that is used over the month; 50% unless given',
  }),
  'gpus-per-copy': Flags.string({
    helpValue: 'GPUS',
    description: 'self-hosted: GPUs that one copy of the model needs; 1 unless given',
  }),
}

export const breakEvenFlags = {
  ...workloadFlags,
  workload: Flags.string({
    helpValue: 'NAME',
    description: 'the workload of the file that is looked at; needed where it has several',
  }),
  ...capacityFlags,
  ...benchCapacityFlags,
  from: Flags.string({
    helpValue: 'VOLUME',
    description: 'smallest volume, such as 10/hour; chosen around the load unless given',
  }),
  to: Flags.string({helpValue: 'VOLUME', description: 'largest volume, such as 100k/hour'}),
  by: Flags.option({options: ['requests', 'tokens'] as const, default: 'requests'})({
    description: 'show volumes as requests per hour or as tokens per month',
  }),
}

type Texts = Exclude<keyof typeof capacityFlags, 'unit-version'> | 'from' | 'to'

/** What those flags say beside the workload. */
export type CapacityFlags = BenchCapacityFlags &
  Readonly<Record<Texts, string | undefined>> & {
    readonly 'unit-version': 'v1.0' | 'v2.0' | undefined
  }
