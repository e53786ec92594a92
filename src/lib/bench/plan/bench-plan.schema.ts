import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

// bench.yaml: what the flags of `bench run` say, under their names. A flag beats the file.

const text = z.string().min(1).max(4096)
const number = z.union([z.number(), z.string().min(1).max(64)])
const numbers = z.union([number, z.array(number).min(1).max(64)])
const time = z.string().min(1).max(64)

export const benchPlanSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(128).optional().describe('What the run is called.'),
  targets: z
    .array(text)
    .min(1)
    .max(16)
    .optional()
    .describe('What answers, each as --target has it; all get the same load.'),
  concurrency: numbers
    .optional()
    .describe('Users who send as soon as they have their answer; a list is levels, one after the other.'),
  rate: numbers.optional().describe('Requests a second whatever is in flight: 20, 600/min; a list is levels.'),
  arrival: text.optional().describe('constant, poisson, gamma:<shape> or burst:<n>/<period>; poisson unless given.'),
  ramp: text.optional().describe('From one rate to another: 1:50:5m, or 1:50:5m:exp.'),
  replay: text.optional().describe('A trace of arrivals and lengths: Mooncake or own JSON Lines, Azure CSV.'),
  speed: z.number().positive().optional().describe('The trace so many times as fast.'),
  users: number.optional().describe('Users who hold conversations and think between turns.'),
  think: text.optional().describe('How long they think: 2s, N(2s,500ms), U(1s,3s).'),
  turns: z.number().int().min(1).max(1000).optional().describe('Turns of a conversation.'),
  requests: number.optional().describe('Requests to each target at each level, over its blocks.'),
  duration: time.optional().describe('How long each target gets each level, over its blocks.'),
  'warm-up': number.optional().describe('Of each cell, a time or a number of requests: measured, and left out.'),
  drain: time.optional().describe('How long answers are waited for after the last request of a cell.'),
  blocks: z
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Into how many blocks a level is cut, in which targets alternate.'),
  data: text.optional().describe('Prompts: synthetic:in=512,out=256, or a file.'),
  nonce: z.boolean().optional().describe('Makes every prompt a new one, so that no cache has it; true unless given.'),
  calibrate: z
    .boolean()
    .optional()
    .describe('Ask five times first, to find how many words make the tokens asked for; true unless given.'),
  slo: text.optional().describe('Objectives: ttft:500,tpot:40,e2e:5000 (ms), or a preset of MLPerf.'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  workers: z.number().int().min(1).max(64).optional().describe('Threads that send; 1 unless given.'),
  'max-in-flight': number.optional().describe('Open loop: more at once wait, which counts as lag.'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe('How often a throttled request is sent again; 0 unless given.'),
  'connect-timeout': time.optional(),
  'ttft-timeout': time.optional().describe('Until the first token.'),
  'idle-timeout': time.optional().describe('Between two tokens.'),
  'request-timeout': time.optional().describe('Of a whole request.'),
  'max-usd': z.number().positive().optional().describe('Stop sending when so much is spent.'),
  'over-quota': z.boolean().optional().describe('Ask for more than the quotas of the account allow.'),
  transport: z.enum(['raw', 'sdk']).optional(),
  'save-texts': z.boolean().optional().describe('Keep the texts of the answers with the run.'),
  'gpu-host': z
    .array(text)
    .max(64)
    .optional()
    .describe('Where nvidia-smi or amd-smi is asked: local, or user@host by ssh.'),
  'gpu-hourly': number.optional().describe('What the GPUs of local targets cost an hour, in USD, all together.'),
  assert: z.array(text).max(256).optional().describe('What must hold: ttft.p99<500.'),
})
export type BenchPlanFile = Immutable<z.infer<typeof benchPlanSchema>>
