import * as Flags from '@oclif/core/flags'

const LOAD = 'LOAD'
const WHEN = 'LENGTH'
const PROMPTS = 'PROMPT'
const SERVERS = 'SERVER'
const GATE = 'GATE'
const SHARDS = 'SHARD'

/** What loads targets; a plan file says the same under the same names, and a flag beats it. */
export const benchLoadFlags = {
  target: Flags.string({
    description:
      'what answers, repeatable, all get the same load: bedrock:<model or profile>[@Region][?api=…&tier=…&latency=optimized], api being converse, invoke or mantle, tier priority or flex; imported:<arn>, provisioned:<arn>, openai:<base-url>[#model], ollama:<url>#model',
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
    helpValue: 'SHAPE',
  }),
  ramp: Flags.string({
    description: 'from one rate to another: 1:50:5m, or 1:50:5m:exp',
    helpGroup: LOAD,
    helpValue: 'FROM:TO:TIME',
  }),
  replay: Flags.string({
    description: 'a trace of arrivals and lengths: JSON Lines of Mooncake or your own, CSV of Azure',
    helpGroup: LOAD,
    helpValue: 'FILE',
  }),
  speed: Flags.string({description: 'replay so many times as fast', helpGroup: LOAD, helpValue: 'TIMES'}),
  users: Flags.string({
    description: 'users who hold conversations, with --think and --turns',
    helpGroup: LOAD,
    helpValue: 'N',
  }),
  think: Flags.string({
    description: 'how long a user thinks: 2s, N(2s,500ms), U(1s,3s)',
    helpGroup: LOAD,
    helpValue: 'TIME',
  }),
  turns: Flags.string({description: 'turns of a conversation', helpGroup: LOAD, helpValue: 'N'}),
  requests: Flags.string({
    description: 'requests to each target at each level, over its blocks',
    helpGroup: WHEN,
    helpValue: 'N',
  }),
  duration: Flags.string({
    description: 'how long each target gets each level, over its blocks; 30s unless requests are given',
    helpGroup: WHEN,
    helpValue: 'TIME',
  }),
  'warm-up': Flags.string({
    description: 'of each cell, a time or a number of requests: measured, and left out; a tenth unless given',
    helpGroup: WHEN,
    helpValue: 'TIME|N',
  }),
  drain: Flags.string({
    description: 'how long the last answers are waited for; 60s unless given',
    helpGroup: WHEN,
    helpValue: 'TIME',
  }),
  blocks: Flags.string({
    description: 'blocks of each level, in which targets take turns; 2 where there are several targets',
    helpGroup: WHEN,
    helpValue: 'N',
  }),
  data: Flags.string({
    description:
      'prompts: synthetic:in=N(512,64),out=256,prefix=1024/8groups, or a file (ShareGPT; JSON Lines of OpenAI, Converse, LLMeter, AIPerf, guidellm)',
    helpGroup: PROMPTS,
  }),
  nonce: Flags.boolean({
    description: 'make every prompt a new one, so that no cache has it',
    allowNo: true,
    helpGroup: PROMPTS,
  }),
  calibrate: Flags.boolean({
    description: 'ask five times first, to find how many words make the tokens asked for',
    allowNo: true,
    helpGroup: PROMPTS,
  }),
  slo: Flags.string({
    description: 'objectives: ttft:500,tpot:40,e2e:5000 (ms), or a preset of MLPerf (llama3.1-8b)',
    helpValue: 'LIMITS',
  }),
  seed: Flags.string({
    description: 'the same seed gives the same prompts and arrivals',
    helpValue: 'N',
    helpGroup: PROMPTS,
  }),
  workers: Flags.string({
    description: 'threads that send; more than one for TLS, or beyond 4,000 streams',
    helpGroup: LOAD,
    helpValue: 'N',
  }),
  'max-in-flight': Flags.string({
    description: 'at a rate: more at once wait, which counts as lag',
    helpGroup: LOAD,
    helpValue: 'N',
  }),
  retries: Flags.string({
    description: 'how often a throttled request is sent again; 0 unless given',
    helpGroup: LOAD,
    helpValue: 'N',
  }),
  'connect-timeout': Flags.string({
    description: 'until a connection is open; 5s unless given',
    helpGroup: SERVERS,
    helpValue: 'TIME',
  }),
  'ttft-timeout': Flags.string({
    description: 'until the first token; 2m unless given',
    helpGroup: SERVERS,
    helpValue: 'TIME',
  }),
  'idle-timeout': Flags.string({
    description: 'between two tokens; 1m unless given',
    helpGroup: SERVERS,
    helpValue: 'TIME',
  }),
  'request-timeout': Flags.string({
    description: 'of a whole request; 10m unless given',
    helpGroup: SERVERS,
    helpValue: 'TIME',
  }),
  'max-usd': Flags.string({
    description: 'stop sending when so much is spent, what is in flight counted in; exit 6',
    helpValue: 'USD',
  }),
  'over-quota': Flags.boolean({description: 'ask for more than the quotas of the account allow'}),
  transport: Flags.option({options: ['raw', 'sdk'] as const})({
    description: 'raw: sockets of our own; sdk: the AWS SDK, as a cross-check of a few streams',
  }),
  'ca-file': Flags.string({
    description: 'certificates to trust beside the usual ones, PEM',
    helpValue: 'FILE',
    helpGroup: SERVERS,
  }),
  insecure: Flags.boolean({
    description: 'take any certificate: for a server of your own on a wire of your own',
    helpGroup: SERVERS,
  }),
  'api-key-env': Flags.string({
    description: 'variable with the key for openai: and ollama: targets; OPENAI_API_KEY unless given',
    helpValue: 'NAME',
    helpGroup: SERVERS,
  }),
  'gpu-host': Flags.string({
    description: 'where nvidia-smi or amd-smi is asked: local, or user@host by ssh; repeatable',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: SERVERS,
    helpValue: 'HOST',
  }),
  'gpu-hourly': Flags.string({
    description: 'what the GPUs of local targets cost an hour, in USD: 2.50, or 8x2.50 for eight',
    helpGroup: SERVERS,
    helpValue: 'USD',
  }),
  'save-texts': Flags.boolean({description: 'keep the texts of the answers with the run; otherwise none is stored'}),
  interval: Flags.string({
    description: 'without a screen: time between two lines of a cell; 5s unless given',
    helpValue: 'TIME',
  }),
} as const

/** A search for the highest level that holds. */
export const benchSearchFlags = {
  search: Flags.option({options: ['max-rate', 'max-concurrency'] as const})({
    description:
      'look for the highest level at which --slo holds: doubled, halved, confirmed; each cell as long as --duration',
    helpGroup: LOAD,
  }),
  'search-most': Flags.string({description: 'look no higher', helpGroup: LOAD, helpValue: 'LEVEL'}),
  attainment: Flags.string({
    description: 'share of the requests that must meet the objectives; 99% unless given',
    helpGroup: LOAD,
    helpValue: 'SHARE',
  }),
} as const

/** What decides the exit code of a run. */
export const benchGateFlags = {
  assert: Flags.string({
    description: 'what must hold, repeatable: ttft.p99<500, nova:errors<=1%; exit 3',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: GATE,
    helpValue: 'BOUND',
  }),
  baseline: Flags.string({
    description: 'a run that this one may not be worse than: id, latest, or its folder',
    helpGroup: GATE,
    helpValue: 'RUN',
  }),
  'max-regression': Flags.string({
    description: 'by how much it may be worse; 10% unless given',
    helpGroup: GATE,
    helpValue: 'SHARE',
  }),
  junit: Flags.string({description: 'write the outcome as JUnit XML there', helpGroup: GATE, helpValue: 'FILE'}),
} as const

/** One plan on several machines. */
export const benchShardFlags = {
  shard: Flags.string({
    description: 'run part i of N of the plan, i from 0 to N−1, as schedulers count; see bench merge',
    helpGroup: SHARDS,
    helpValue: 'i/N',
  }),
  results: Flags.string({
    description:
      'put the run there as well, where bench merge finds all parts of a plan: s3://bucket/prefix, or a folder',
    helpGroup: SHARDS,
    helpValue: 'PLACE',
  }),
  'start-at': Flags.string({
    description: 'when all parts begin: 2026-11-21T20:00:00Z, or seconds since 1970',
    helpGroup: SHARDS,
    helpValue: 'TIME',
  }),
} as const
