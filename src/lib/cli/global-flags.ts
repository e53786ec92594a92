import * as Flags from '@oclif/core/flags'

/** Formats every answer has; a command may add its own (`mermaid`, `sarif`). */
export const COMMON_FORMATS = ['table', 'json', 'ndjson', 'csv', 'markdown'] as const

const GLOBAL = 'GLOBAL'

/** Flags of every command; each has an environment twin, `BEDROCKCTL_<FLAG>`. */
export const globalFlags = {
  profile: Flags.string({description: 'AWS profile', env: 'BEDROCKCTL_PROFILE', helpGroup: GLOBAL}),
  region: Flags.string({
    description: 'AWS Region, repeatable, or `all`',
    env: 'BEDROCKCTL_REGION',
    helpGroup: GLOBAL,
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
  'endpoint-url': Flags.string({
    description: 'send every call to this endpoint',
    env: 'BEDROCKCTL_ENDPOINT_URL',
    helpGroup: GLOBAL,
  }),
  sandbox: Flags.string({
    description: 'run against an embedded, simulated AWS; names a scenario (`demo` unless given)',
    env: 'BEDROCKCTL_SANDBOX',
    helpGroup: GLOBAL,
    helpValue: '[=scenario]',
  }),
  offline: Flags.boolean({
    description: 'answer from the cache and the bundled catalog; make no call',
    env: 'BEDROCKCTL_OFFLINE',
    helpGroup: GLOBAL,
  }),
  'max-age': Flags.string({
    description: 'let the cache answer when it is not older than this (12h, 7d)',
    env: 'BEDROCKCTL_MAX_AGE',
    helpGroup: GLOBAL,
  }),
  output: Flags.string({
    char: 'o',
    description: 'format of the answer',
    env: 'BEDROCKCTL_OUTPUT',
    helpGroup: GLOBAL,
    options: [...COMMON_FORMATS],
  }),
  json: Flags.boolean({description: 'same as --output json', helpGroup: GLOBAL}),
  query: Flags.string({description: 'JMESPath expression applied to the answer, as in the AWS CLI', helpGroup: GLOBAL}),
  color: Flags.boolean({description: 'colour on a terminal', allowNo: true, default: true, helpGroup: GLOBAL}),
  quiet: Flags.boolean({
    char: 'q',
    description: 'no progress, warnings or hints on stderr',
    env: 'BEDROCKCTL_QUIET',
    helpGroup: GLOBAL,
  }),
  debug: Flags.boolean({
    description: 'tell on stderr what is called and what went wrong',
    env: 'BEDROCKCTL_DEBUG',
    helpGroup: GLOBAL,
  }),
  yes: Flags.boolean({
    char: 'y',
    description: 'answer yes to every question',
    env: 'BEDROCKCTL_YES',
    helpGroup: GLOBAL,
  }),
  input: Flags.boolean({
    description: 'ask questions on a terminal; --no-input fails instead',
    allowNo: true,
    default: true,
    helpGroup: GLOBAL,
  }),
} as const
