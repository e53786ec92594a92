import * as Flags from '@oclif/core/flags'

/** How often, and for how long, a job is looked at. */
export const paceFlags = {
  interval: Flags.string({description: 'time between two looks (10s, 2m); short at first, later 30 s, unless given'}),
  timeout: Flags.string({description: 'stop waiting after this (90m, 12h); exit 7'}),
} as const

/** Flags of the commands that watch jobs. */
export const watchFlags = {
  ...paceFlags,
  plain: Flags.boolean({
    description: 'one line a change in place of the live view; suits screen readers',
    env: 'BEDROCKCTL_PLAIN',
  }),
} as const
