import * as Flags from '@oclif/core/flags'

const RECORDING = 'RECORDING'
const PLAIN = 'WITHOUT A SCREEN'

/** Flags of `monitor`. */
export const monitorFlags = {
  view: Flags.string({
    description:
      'view to begin with: overview, models, jobs, capacity, endpoints, findings, quotas, costs, bench, events, alarms or regions',
    helpValue: 'VIEW',
  }),
  filter: Flags.string({
    description: 'keep rows with these words; a word after ! keeps those without it',
    helpValue: 'WORDS',
  }),
  interval: Flags.string({
    description:
      'time between two looks, from 2s to 10m; 30s unless given, 2s with --sandbox, whose calls cost nothing',
    helpValue: 'TIME',
  }),
  bill: Flags.boolean({
    description: 'ask Cost Explorer and Budgets too; AWS takes $0.01 for a request to Cost Explorer',
  }),
  'allow-actions': Flags.boolean({
    description: 'offer to stop, collect and delete on the board, each after typing what it is about',
  }),
  plain: Flags.boolean({
    description: 'one line a change in place of the board; suits screen readers',
    env: 'BEDROCKCTL_PLAIN',
    helpGroup: PLAIN,
  }),
  once: Flags.boolean({description: 'read once, print the view or, as JSON, the sample, and end', helpGroup: PLAIN}),
  count: Flags.integer({description: 'end after so many samples', helpGroup: PLAIN, helpValue: 'N', min: 1}),
  duration: Flags.string({description: 'end after this (10m, 8h)', helpGroup: PLAIN, helpValue: 'TIME'}),
  columns: Flags.string({description: 'columns of --once, in this order', helpGroup: PLAIN}),
  sort: Flags.string({description: 'column that --once is sorted by; -column for descending', helpGroup: PLAIN}),
  record: Flags.string({
    description: 'keep what is read in this file, for --replay',
    helpGroup: RECORDING,
    helpValue: 'FILE',
  }),
  replay: Flags.string({
    description: 'show what was recorded; asks AWS nothing',
    helpGroup: RECORDING,
    helpValue: 'FILE',
  }),
  speed: Flags.string({description: 'replay so many times as fast', helpGroup: RECORDING, helpValue: 'TIMES'}),
  until: Flags.string({
    description: 'end the replay at this moment of the recording (2026-11-21T22:00:00Z)',
    helpGroup: RECORDING,
    helpValue: 'MOMENT',
  }),
} as const
