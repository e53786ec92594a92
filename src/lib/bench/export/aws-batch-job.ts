import {benchCommand, type ExportInput} from './export-input.js'
import {CPUS, MEMORY_MIB} from './kubernetes-job.js'

export interface AwsBatchInput extends ExportInput {
  /** ARN of the role that the containers have. */
  readonly role: string
  readonly queue: string
  /** ARN of the role that starts containers on Fargate; undefined: they run on EC2. */
  readonly executionRole: string | undefined
}

/**
 * What `aws batch register-job-definition` and `submit-job` take. An array has at least two children, so one shard is a
 * job of its own. Source: AWS Batch, array jobs, job definition parameters.
 */
export function awsBatchJob(input: AwsBatchInput) {
  const {executionRole, image, name, queue, region, role, shards} = input
  const words = benchCommand(input)
  const fargate = executionRole !== undefined
  return {
    jobDefinition: {
      jobDefinitionName: name,
      type: 'container',
      platformCapabilities: [fargate ? 'FARGATE' : 'EC2'],
      retryStrategy: {attempts: 1},
      containerProperties: {
        image,
        command: shards === 1 ? [...words] : ['/bin/sh', '-c', withIndex(shards), 'sh', ...words],
        jobRoleArn: role,
        ...(fargate ? {executionRoleArn: executionRole} : {}),
        environment: [{name: 'AWS_REGION', value: region}],
        resourceRequirements: [
          {type: 'VCPU', value: String(CPUS)},
          {type: 'MEMORY', value: String(MEMORY_MIB)},
        ],
      },
    },
    job: {
      jobName: name,
      jobQueue: queue,
      jobDefinition: name,
      ...(shards === 1 ? {} : {arrayProperties: {size: shards}}),
    },
  }
}

/** The shell gets the words as its parameters and reads none of them as its own. */
function withIndex(shards: number): string {
  return `exec "$@" --shard "$AWS_BATCH_JOB_ARRAY_INDEX/${shards}"`
}
