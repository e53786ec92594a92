import * as Flags from '@oclif/core/flags'
import {COMMON_FORMATS} from './global-flags.js'

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

/** How the findings are told. */
export const reportFlags = {
  output: Flags.string({
    char: 'o',
    description: 'format of the answer',
    env: 'BEDROCKCTL_OUTPUT',
    helpGroup: 'GLOBAL',
    options: [...COMMON_FORMATS, 'html', 'sarif', 'junit', 'ocsf', 'asff'],
  }),
  report: Flags.string({
    description: 'write the findings also to a file, as FORMAT=FILE; repeatable',
    helpValue: 'FORMAT=FILE',
    multiple: true,
    multipleNonGreedy: true,
  }),
}
