import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const exportShape = {
  ...answerShape,
  plan: z.string().describe('The plan file as it was named.'),
  name: z.string(),
  image: z.string(),
  region: z.string(),
  shards: z.int(),
  startAt: z.string().describe('When every shard begins to send; it has to be running by then.'),
  results: z.string().describe('Where shards write; bench merge takes it.'),
  command: z.array(z.string()).describe('What each shard runs, without its number.'),
  notes: z.array(z.string()),
  next: z.array(z.string()).describe('Commands that go on from here.'),
}

const tree = z.record(z.string(), z.unknown())

/** An indexed Job of Kubernetes. */
export const kubernetesExportSchema = z.object({
  ...exportShape,
  scheduler: z.literal('kubernetes'),
  manifest: tree.describe('batch/v1 Job.'),
})
export type KubernetesExport = Immutable<z.infer<typeof kubernetesExportSchema>>

/** An array job of AWS Batch. */
export const awsBatchExportSchema = z.object({
  ...exportShape,
  scheduler: z.literal('aws-batch'),
  jobDefinition: tree.describe('Input of RegisterJobDefinition.'),
  job: tree.describe('Input of SubmitJob.'),
})
export type AwsBatchExport = Immutable<z.infer<typeof awsBatchExportSchema>>
