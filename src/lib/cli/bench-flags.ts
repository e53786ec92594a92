import * as Flags from '@oclif/core/flags'

const LOAD = 'LOAD'
const WHEN = 'LENGTH'
const GATE = 'GATE'

/** What loads targets; a plan file says the same under the same names, and a flag beats it. */
export const benchLoadFlags = {
  target: Flags.string({
    description:
      'what answers, repeatable, all get the same load: bedrock:<model or profile>[@Region][?api=converse|invoke|mantle&tier=priority|flex&latency=optimized], imported:<arn>, provisioned:<arn>, openai:<base-url>[#model], ollama:<url>#model',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'TARGET',
  }),
  plan: Flags.string({
    description: 'a plan file, bench.yaml: what the flags say, under their names',
    helpValue: 'FILE',
  }),
  name: Flags.string({description: 'what the run is called'}),
  concurrency: Flags.string({
    description: 'users who send as soon as they have their answer; several levels with commas (1,8,64)',
    helpGroup: LOAD,
    helpValue: 'N[,N…]',
  }),
  rate: Flags.string({
    description: 'requests a second (or 600/min) whatever is in flight; several levels with commas',
    helpGroup: LOAD,
    helpValue: 'R[,R…]',
  }),
  arrival: Flags.string({
    description: 'how they arrive: constant, poisson (unless given), gamma:<shape>, burst:<n>/<period>',
    helpGroup: LOAD,
  }),
  ramp: Flags.string({description: 'from one rate to another: 1:50:5m, or 1:50:5m:exp', helpGroup: LOAD}),
  replay: Flags.string({
    description: 'a trace of arrivals and lengths: JSON Lines of Mooncake or your own, CSV of Azure',
    helpGroup: LOAD,
    helpValue: 'FILE',
  }),
  speed: Flags.string({description: 'replay so many times as fast', helpGroup: LOAD}),
  users: Flags.string({description: 'users who hold conversations, with --think and --turns', helpGroup: LOAD}),
  think: Flags.string({description: 'how long a user thinks: 2s, N(2s,500ms), U(1s,3s)', helpGroup: LOAD}),
  turns: Flags.string({description: 'turns of a conversation', helpGroup: LOAD}),
  requests: Flags.string({
    description: 'requests to each target at each level, over its blocks',
    helpGroup: WHEN,
  }),
  duration: Flags.string({
    description: 'how long each target gets each level, over its blocks; 30s unless requests are given',
    helpGroup: WHEN,
  }),
  'warm-up': Flags.string({
    description: 'of each cell, a time or a number of requests: measured, and left out; a tenth unless given',
    helpGroup: WHEN,
  }),
  drain: Flags.string({description: 'how long the last answers are waited for; 60s unless given', helpGroup: WHEN}),
  blocks: Flags.string({
    description: 'blocks of each level, in which targets take turns; 2 where there are several targets',
    helpGroup: WHEN,
  }),
  data: Flags.string({
    description:
      'prompts: synthetic:in=N(512,64),out=256,prefix=1024/8groups, or a file (ShareGPT; JSON Lines of OpenAI, Converse, LLMeter, AIPerf, guidellm)',
  }),
  nonce: Flags.boolean({description: 'make every prompt a new one, so that no cache has it', allowNo: true}),
  calibrate: Flags.boolean({
    description: 'ask five times first, to find how many words make the tokens asked for',
    allowNo: true,
  }),
  slo: Flags.string({description: 'objectives: ttft:500,tpot:40,e2e:5000 (ms), or a preset of MLPerf (llama3.1-8b)'}),
  seed: Flags.string({description: 'the same seed gives the same prompts and arrivals'}),
  workers: Flags.string({description: 'threads that send; more than one for TLS, or beyond 4,000 streams'}),
  'max-in-flight': Flags.string({description: 'at a rate: more at once wait, which counts as lag'}),
  retries: Flags.string({description: 'how often a throttled request is sent again; 0 unless given'}),
  'connect-timeout': Flags.string({description: 'until a connection is open; 5s unless given', helpGroup: WHEN}),
  'ttft-timeout': Flags.string({description: 'until the first token; 2m unless given', helpGroup: WHEN}),
  'idle-timeout': Flags.string({description: 'between two tokens; 1m unless given', helpGroup: WHEN}),
  'request-timeout': Flags.string({description: 'of a whole request; 10m unless given', helpGroup: WHEN}),
  'max-usd': Flags.string({description: 'stop sending when so much is spent, what is in flight counted in; exit 6'}),
  'over-quota': Flags.boolean({description: 'ask for more than the quotas of the account allow'}),
  transport: Flags.option({options: ['raw', 'sdk'] as const})({
    description: 'raw: sockets of our own; sdk: the AWS SDK, as a cross-check of a few streams',
  }),
  'ca-file': Flags.string({description: 'certificates to trust beside the usual ones, PEM', helpValue: 'FILE'}),
  insecure: Flags.boolean({description: 'take any certificate: for a server of your own on a wire of your own'}),
  'api-key-env': Flags.string({
    description: 'variable with the key for openai: and ollama: targets; OPENAI_API_KEY unless given',
    helpValue: 'NAME',
  }),
  'gpu-host': Flags.string({
    description: 'where nvidia-smi or amd-smi is asked: local, or user@host by ssh; repeatable',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'gpu-hourly': Flags.string({
    description: 'what the GPUs of local targets cost an hour, in USD: 2.50, or 8x2.50 for eight',
  }),
  'save-texts': Flags.boolean({description: 'keep the texts of the answers with the run; otherwise none is stored'}),
} as const

/** A search for the highest level that holds. */
export const benchSearchFlags = {
  search: Flags.option({options: ['max-rate', 'max-concurrency'] as const})({
    description:
      'look for the highest level at which --slo holds: doubled, halved, confirmed; each cell as long as --duration',
    helpGroup: LOAD,
  }),
  'search-most': Flags.string({description: 'look no higher', helpGroup: LOAD}),
  attainment: Flags.string({
    description: 'share of the requests that must meet the objectives; 99% unless given',
    helpGroup: LOAD,
  }),
} as const

/** What decides the exit code of a run. */
export const benchGateFlags = {
  assert: Flags.string({
    description: 'what must hold, repeatable: ttft.p99<500, nova:errors<=1%; exit 3',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: GATE,
  }),
  baseline: Flags.string({
    description: 'a run that this one may not be worse than: id, latest, or its folder',
    helpGroup: GATE,
  }),
  'max-regression': Flags.string({description: 'by how much it may be worse; 10% unless given', helpGroup: GATE}),
  junit: Flags.string({description: 'write the outcome as JUnit XML there', helpGroup: GATE, helpValue: 'FILE'}),
} as const
