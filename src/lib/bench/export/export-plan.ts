import {type AwsBatchInput, awsBatchJob} from './aws-batch-job.js'
import type {AwsBatchExport, KubernetesExport} from './bench-export.schema.js'
import {benchCommand, type ExportInput} from './export-input.js'
import {type KubernetesInput, kubernetesJob} from './kubernetes-job.js'

/** What is told beside the job. */
export interface ExportContext {
  readonly plan: string
  readonly notes: readonly string[]
}

export function exportToKubernetes(input: KubernetesInput, context: ExportContext): KubernetesExport {
  const {name, namespace} = input
  const where = namespace === undefined ? '' : ` --namespace ${namespace}`
  return {
    ...shared(input, context),
    scheduler: 'kubernetes',
    manifest: kubernetesJob(input),
    next: [
      'kubectl apply --filename FILE',
      `kubectl wait${where} --for=condition=complete --timeout=1h job/${name}`,
      `bedrockctl bench merge ${input.results}`,
    ],
  }
}

export function exportToAwsBatch(input: AwsBatchInput, context: ExportContext): AwsBatchExport {
  return {
    ...shared(input, context),
    scheduler: 'aws-batch',
    ...awsBatchJob(input),
    next: [
      `aws batch list-jobs --region ${input.region} --job-queue ${input.queue}`,
      `bedrockctl bench merge ${input.results}`,
    ],
  }
}

function shared(input: ExportInput, {notes, plan}: ExportContext) {
  const {image, name, region, results, shards, startAt} = input
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    ...{plan, name, image, region, shards, results},
    startAt: startAt.toISOString(),
    command: benchCommand(input),
    notes: [
      `Every shard begins at ${startAt.toISOString()}: whatever is not running by then begins late, and says so.`,
      ...notes,
    ],
  } as const
}
