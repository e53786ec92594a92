/** A run of shards on a scheduler, as it is asked for; every text was checked. */
export interface ExportInput {
  /** Of the job; a name as DNS takes it, which both schedulers do. */
  readonly name: string
  readonly image: string
  readonly region: string
  readonly shards: number
  /** s3://bucket/prefix. */
  readonly results: string
  readonly startAt: Date
  /** What `bench run` gets beside shard, start and results: the flags that say the plan. */
  readonly words: readonly string[]
}

/** Who sends when: `bench run` of one shard but for its number, which the scheduler knows. */
export function benchCommand({region, results, startAt, words}: ExportInput): readonly string[] {
  return [
    ...['bedrockctl', 'bench', 'run', ...words],
    ...['--region', region, '--start-at', startAt.toISOString(), '--results', results, '--yes', '--json'],
  ]
}
