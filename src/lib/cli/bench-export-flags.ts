import * as Flags from '@oclif/core/flags'

/** What every scheduler has to know of a run in shards. */
export const benchExportFlags = {
  image: Flags.string({
    description: 'container image that has bedrockctl on its PATH',
    helpValue: 'IMAGE',
    required: true,
  }),
  shards: Flags.string({description: 'load generators, each of which runs its part of the plan', required: true}),
  results: Flags.string({
    description: 'where shards write what they measured',
    helpValue: 's3://BUCKET/PREFIX',
    required: true,
  }),
  name: Flags.string({description: 'what the job is called; bedrockctl-bench unless given'}),
  'start-at': Flags.string({
    description: 'when all shards begin: 2026-11-21T20:00:00Z, or seconds since 1970; in five minutes unless given',
    helpValue: 'TIME',
  }),
}

/** Those flags as parsed. */
export interface BenchExportFlags {
  readonly image: string
  readonly shards: string
  readonly results: string
  readonly name: string | undefined
  readonly 'start-at': string | undefined
}
