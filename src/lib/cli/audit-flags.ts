import * as Flags from '@oclif/core/flags'

const repeatable = {multiple: true, multipleNonGreedy: true, delimiter: ','} as const

/** What every command that judges an account can be told. */
export const auditFlags = {
  from: Flags.string({description: 'judge this saved snapshot and make no call', helpValue: 'FILE'}),
  project: Flags.string({
    description: 'what is expected of the account; default: bedrockctl.yaml here or above',
    helpValue: 'FILE',
  }),
  baseline: Flags.string({description: 'findings that are accepted: see audit baseline', helpValue: 'FILE'}),
  'fail-on': Flags.option({options: ['critical', 'high', 'medium', 'low', 'info'] as const})({
    description: 'exit 3 on a finding of this severity or worse',
  }),
  'fail-on-unknown': Flags.boolean({description: 'exit 3 when something could not be told'}),
}

/** Which checks are run. */
export const checkFlags = {
  family: Flags.option({
    options: ['EP', 'IAM', 'LOG', 'ENC', 'GR', 'AG', 'COST', 'RES', 'LC', 'GOV', 'TH'] as const,
    ...repeatable,
  })({description: 'keep one family of checks; repeatable'}),
  check: Flags.string({description: 'keep one check by its id; repeatable', ...repeatable}),
  severity: Flags.option({options: ['critical', 'high', 'medium', 'low', 'info'] as const, ...repeatable})({
    description: 'keep checks of one severity; repeatable',
  }),
}
