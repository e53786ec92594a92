import * as Flags from '@oclif/core/flags'

/** Where the traffic of a plan comes from: one of three. */
const trafficFlags = {
  'from-logs': Flags.string({
    helpValue: 'FILE|DIR|s3://…',
    description: 'model invocation logs: a file, a folder, or a prefix of S3; packed or not',
  }),
  'from-metrics': Flags.boolean({description: 'minutes of CloudWatch, back to --since; 7d unless given'}),
  rate: Flags.string({
    helpValue: 'LEVELS',
    description: 'levels one after the other, such as 10/min:30m,60/min:20m,150/min:10m',
  }),
  since: Flags.string({description: 'of logs and metrics: keep what came since then (36h, 7d, or a date)'}),
  'called-as': Flags.string({
    helpValue: 'ID',
    description: 'of logs and metrics: count calls of this id or ARN too, such as an application profile; repeatable',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
  'input-tokens': Flags.string({helpValue: 'TOKENS', description: 'with --rate: input tokens of one request'}),
  'output-tokens': Flags.string({helpValue: 'TOKENS', description: 'with --rate: output tokens of one answer'}),
  'cached-share': Flags.string({
    helpValue: 'SHARE',
    description: 'with --rate: share of the input that is read from a cache, such as 80%',
  }),
  'max-tokens': Flags.string({
    helpValue: 'TOKENS',
    description: 'what a request may write at most, where the traffic does not say: it is reserved until it ends',
  }),
}

export const capacityPlanFlags = {
  model: Flags.string({description: 'model or profile: any id or display name', required: true}),
  route: Flags.option({options: ['in-region', 'geo', 'global'] as const})({
    description: 'how requests travel, which decides quota and price; the narrowest that is offered unless given',
  }),
  ...trafficFlags,
  'tokens-per-minute-per-unit': Flags.string({
    helpValue: 'TOKENS',
    description: 'input and output tokens a minute that one model unit serves, as measured; not public',
  }),
  'unit-hourly': Flags.string({helpValue: 'USD', description: 'what one model unit costs you an hour, in USD'}),
  prices: Flags.string({
    helpValue: 'FILE',
    description: 'workload file whose own prices hold before those of any list',
  }),
  'quota-tpm': Flags.string({
    helpValue: 'TOKENS',
    description: 'tokens a minute on demand; the quota of the account unless given',
  }),
  'quota-rpm': Flags.string({
    helpValue: 'REQUESTS',
    description: 'requests a minute on demand; the quota of the account, if it has one, unless given',
  }),
  latency: Flags.string({
    helpValue: 'DURATION',
    description: 'how long a request takes (12s), holding what it may write; within its minute unless given',
  }),
  'retry-minutes': Flags.string({
    helpValue: 'MINUTES',
    description: 'how many minutes a throttled request comes again; it is lost unless given',
  }),
  'max-throttled': Flags.string({
    helpValue: 'SHARE',
    description: 'share of the requests that may be throttled, such as 0.1%; none unless given',
  }),
  cover: Flags.string({
    helpValue: 'SHARE',
    description: 'units alone: share of the minutes in which they take everything; all unless given',
  }),
  'max-commitment': Flags.option({options: ['none', '1-month', '3-month', '6-month'] as const, default: 'none'})({
    description: 'longest commitment that may be recommended; longer ones are shown all the same',
  }),
}

type Texts = Exclude<
  keyof typeof capacityPlanFlags,
  'model' | 'route' | 'from-metrics' | 'called-as' | 'max-commitment'
>

/** Those flags as parsed. */
export type CapacityPlanFlags = Readonly<Record<Texts, string | undefined>> & {
  readonly model: string
  readonly route: 'in-region' | 'geo' | 'global' | undefined
  readonly 'from-metrics': boolean
  readonly 'called-as': readonly string[] | undefined
  readonly 'max-commitment': 'none' | '1-month' | '3-month' | '6-month'
}
