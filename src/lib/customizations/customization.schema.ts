import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const phaseSchema = z.object({
  name: z.enum(['validation', 'data-processing', 'training']),
  state: z.string().nullable().describe('NotStarted, InProgress, Completed, …; null where the service does not say.'),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable().describe('Of a phase that is over: when it was last changed.'),
  seconds: z.number().nullable().describe('For how long it ran, or has been running.'),
})
export type PhaseRow = Immutable<z.infer<typeof phaseSchema>>

export const customizationRowSchema = z.object({
  name: z.string(),
  id: z.string(),
  arn: z.string(),
  region: regionName,
  type: z.string().nullable().describe('FINE_TUNING, CONTINUED_PRE_TRAINING, DISTILLATION, REINFORCEMENT_FINE_TUNING.'),
  baseModel: z.string().describe('Id of the model that is customised, or ARN of a custom model.'),
  state: z.string().describe('InProgress, Completed, Failed, Stopping, Stopped.'),
  queued: z.boolean().describe('Its data is ready, and it waits for capacity to train on.'),
  message: z.string().nullable().describe('Why it failed, in the words of the service; a listing does not tell.'),
  modelName: z.string().nullable(),
  modelArn: z.string().nullable().describe('From when the job has completed.'),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  ageSeconds: z.number(),
  phases: z.array(phaseSchema),
})
export type CustomizationRow = Immutable<z.infer<typeof customizationRowSchema>>

export const customizationFailureSchema = z.object({
  message: z.string().describe('In the words of the service.'),
  kind: z.enum(['access', 'data', 'model', 'quota', 'service', 'policy', 'unknown']),
  remedy: z.string().nullable().describe('What to do; null where the message is not known.'),
})
export type CustomizationFailure = Immutable<z.infer<typeof customizationFailureSchema>>
