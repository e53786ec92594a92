import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const usd = z.number().describe('USD.')

const servingSchema = z.object({
  label: z.string().describe('Level of the run, such as 64 users.'),
  cells: z.array(z.int()),
  requestsPerSecond: z.number().describe('Of all GPUs of the run together.'),
  tokensPerSecondPerGpu: z.number().describe('Input and output tokens together.'),
  gpus: z.int().describe('For the workload, in whole copies of what was measured.'),
  monthUsd: usd,
  perRequestUsd: usd,
  perMillionTokensUsd: usd.describe('Of a million tokens, input and output together.'),
})

const breakEvenSchema = z.object({
  utilisation: z
    .number()
    .describe('Of the measured throughput: above this the GPUs cost less. More than 1: they never do.'),
  requestsPerMonth: z.number().describe('What one copy must serve for that.'),
  crossings: z
    .array(z.object({requestsPerMonth: z.number(), cheaperAbove: z.enum(['on-premises', 'bedrock'])}))
    .describe('Volumes at which the other becomes cheaper, at the utilisation that is asked about; copies come whole.'),
})

export const benchAdviseSchema = z.object({
  ...answerShape,
  prices: z.object({kind: z.string(), asOf: z.string(), source: z.string()}).nullable(),
  runs: z.array(z.string()),
  workload: z.object({
    requestsPerMonth: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    volumeFrom: z.enum(['asked', 'fleet']).describe('fleet: what the GPUs of the run serve at that utilisation.'),
    mixFrom: z.enum(['asked', 'run']),
  }),
  onPremises: z.object({
    target: z.string(),
    model: z.string(),
    gpus: z.int().describe('That were measured together: one copy.'),
    gpuHourlyUsd: usd.describe('Of one GPU.'),
    utilisation: z.number(),
    slo: z.string().nullable(),
    atSlo: servingSchema.nullable(),
    withoutSlo: servingSchema,
  }),
  bedrock: z
    .object({
      model: z.string(),
      region: z.string(),
      route: z.string(),
      tier: z.string(),
      monthUsd: usd,
      perRequestUsd: usd,
      perMillionTokensUsd: usd,
      attainment: z.number().nullable().describe('Share that met the objectives where a run measured it.'),
    })
    .nullable(),
  bedrockAbsent: z.string().nullable(),
  sloCosts: z
    .object({share: z.number().describe('Of the throughput.'), monthUsd: usd, perMillionTokensUsd: usd})
    .nullable()
    .describe('What it costs to meet the objectives, over taking every answer.'),
  breakEven: z.object({atSlo: breakEvenSchema.nullable(), withoutSlo: breakEvenSchema}).nullable(),
  sensitivity: z.array(
    z.object({what: z.string(), onPremisesUsd: usd, bedrockUsd: usd, cheaper: z.enum(['on-premises', 'bedrock'])}),
  ),
  advice: z.object({
    choice: z.enum(['on-premises', 'bedrock', 'too-close', 'unknown']),
    text: z.string(),
  }),
  cautions: z.array(z.string()),
  assumptions: z.array(z.string()),
  excluded: z.array(z.string()),
})

export type BenchAdvice = Immutable<z.infer<typeof benchAdviseSchema>>
