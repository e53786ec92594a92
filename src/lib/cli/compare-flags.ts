import * as Flags from '@oclif/core/flags'
import {type BenchCapacityFlags, benchCapacityFlags} from './bench-capacity-flags.js'
import {workloadFlags} from './cost-flags.js'

const SEVERAL = {multiple: true, multipleNonGreedy: true, delimiter: ','} as const

/** What is compared: every combination of these, for one workload. */
const gridFlags = {
  model: Flags.string({
    ...SEVERAL,
    description: 'model or profile: any id or display name; repeatable, and `all` for every text model',
  }),
  route: Flags.option({options: ['in-region', 'geo', 'global', 'mantle'] as const, ...SEVERAL})({
    description: 'how the request travels; every route that is offered unless given',
  }),
  tier: Flags.option({options: ['standard', 'flex', 'priority', 'batch', 'latency-optimized'] as const, ...SEVERAL})({
    description: 'service tier, or batch inference; every tier that is sold unless given',
  }),
}

/** Capacity by the hour, set beside on-demand. */
const capacityFlags = {
  include: Flags.option({options: ['self-hosted', 'reserved', 'provisioned'] as const, ...SEVERAL})({
    description: 'compare capacity by the hour as well; the flags that begin with its name describe it',
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
  gpus: Flags.string({
    helpValue: 'GPUS',
    description: 'self-hosted: how many are paid for; as many as the load needs unless given',
  }),
  'reserved-input-tpm': Flags.string({helpValue: 'TOKENS', description: 'reserved: input tokens a minute'}),
  'reserved-output-tpm': Flags.string({helpValue: 'TOKENS', description: 'reserved: output tokens a minute'}),
  'peak-factor': Flags.string({
    helpValue: 'FACTOR',
    description:
      'reserved: busiest minute over the mean one, for the tokens a minute that are not given; 2 unless given',
  }),
  'model-units': Flags.string({helpValue: 'UNITS', description: 'provisioned: how many model units'}),
}

export const compareFlags = {
  ...workloadFlags,
  ...gridFlags,
  ...capacityFlags,
  ...benchCapacityFlags,
  workload: Flags.string({
    helpValue: 'NAME',
    description: 'the workload of the file that is compared; needed where it has several',
  }),
  against: Flags.string({
    helpValue: 'CHOICE',
    description:
      'the choice that others are compared with: its model, Region, route, tier; that of the file or the first named unless given',
  }),
  top: Flags.string({helpValue: 'COUNT', description: 'keep so many of the cheapest'}),
  all: Flags.boolean({description: 'list also what is not sold, and why'}),
  columns: Flags.string({description: 'columns to show, in this order'}),
  sort: Flags.string({description: 'column to sort by; -column for descending; by cost unless given'}),
}

type Texts =
  | 'requests'
  | 'input-tokens'
  | 'output-tokens'
  | 'cached-share'
  | 'guardrail-policies'
  | 'gpu-hourly'
  | 'tokens-per-second'
  | 'utilisation'
  | 'gpus'
  | 'reserved-input-tpm'
  | 'reserved-output-tpm'
  | 'peak-factor'
  | 'model-units'
  | 'workload'
  | 'against'
  | 'top'

/** Those flags as parsed. */
export type CompareFlags = BenchCapacityFlags &
  Readonly<Record<Texts, string | undefined>> & {
    readonly 'cache-ttl': '5m' | '1h' | undefined
    readonly model: readonly string[] | undefined
    readonly route: readonly ('in-region' | 'geo' | 'global' | 'mantle')[] | undefined
    readonly tier: readonly ('standard' | 'flex' | 'priority' | 'batch' | 'latency-optimized')[] | undefined
    readonly include: readonly ('self-hosted' | 'reserved' | 'provisioned')[] | undefined
    readonly all: boolean
  }
