import {benchCommand, type ExportInput} from './export-input.js'

export interface KubernetesInput extends ExportInput {
  readonly namespace: string | undefined
  /** Bound to an IAM role by IRSA or Pod Identity. */
  readonly serviceAccount: string | undefined
}

/** One load generator: threads for sending, and one for the rest. */
export const CPUS = 2
export const MEMORY_MIB = 4096

/**
 * An indexed Job: as many pods as shards, all at once, none twice. Kubernetes puts the index in place of `$(…)` itself,
 * so that there is no shell, and `$$` stands for a `$` of the plan. Source: Kubernetes, batch/v1 Job.
 */
export function kubernetesJob(input: KubernetesInput) {
  const {image, name, namespace, region, serviceAccount, shards} = input
  const labels = {'app.kubernetes.io/name': 'bedrockctl-bench', 'app.kubernetes.io/instance': name}
  const words = benchCommand(input).map((word) => word.replaceAll('$', '$$$$'))
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name, ...(namespace === undefined ? {} : {namespace}), labels},
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: shards,
      backoffLimit: 0,
      template: {
        metadata: {labels},
        spec: {
          restartPolicy: 'Never',
          ...(serviceAccount === undefined ? {} : {serviceAccountName: serviceAccount}),
          affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [apart(labels)]}},
          containers: [
            {
              name: 'bench',
              image,
              command: words.slice(0, 1),
              args: [...words.slice(1), '--shard', `$(JOB_COMPLETION_INDEX)/${shards}`],
              env: [{name: 'AWS_REGION', value: region}],
              resources: {
                requests: {cpu: String(CPUS), memory: `${MEMORY_MIB}Mi`},
                limits: {memory: `${MEMORY_MIB}Mi`},
              },
              terminationMessagePolicy: 'FallbackToLogsOnError',
            },
          ],
        },
      },
    },
  }
}

/** Load generators on one machine share its network and its cores. */
function apart(labels: Readonly<Record<string, string>>) {
  return {
    weight: 100,
    podAffinityTerm: {labelSelector: {matchLabels: labels}, topologyKey: 'kubernetes.io/hostname'},
  }
}
