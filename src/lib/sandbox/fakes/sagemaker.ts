import type * as SageMaker from '@aws-sdk/client-sagemaker'
import type {SecondaryStatus} from '@aws-sdk/client-sagemaker'
import {handlersFor, type RequestContext, WireError} from '../handler.js'
import type {TrainingJob} from '../world/resources.js'
import {placeOf} from './account-place.js'

const SECONDARY: Readonly<Record<TrainingJob['status'], SecondaryStatus>> = {
  InProgress: 'Training',
  Completed: 'Completed',
  Failed: 'Failed',
  Stopping: 'Stopping',
  Stopped: 'Stopped',
}
const DAY_SECONDS = 86_400
const VOLUME_GIGABYTES = 200

export default handlersFor<typeof SageMaker>()({
  DescribeTrainingJob({TrainingJobName: name}, context) {
    const {resources, arn, date} = placeOf(context)
    const job = resources.trainingJobs?.find((one) => one.name === name)
    // Its model has an error of its own for this; the service answers so.
    if (!job) throw new WireError('ValidationException', 'Requested resource not found.')
    const {status, endedOn} = job
    const started = date(job.createdOn)
    const ended = endedOn === undefined ? undefined : date(endedOn)
    return {
      TrainingJobName: name,
      TrainingJobArn: arn('sagemaker', `training-job/${name}`),
      ModelArtifacts: {S3ModelArtifacts: artefactOf(job)},
      TrainingJobStatus: status,
      SecondaryStatus: SECONDARY[status],
      FailureReason: job.failureReason,
      AlgorithmSpecification: {TrainingImage: imageOf(context), TrainingInputMode: 'File' as const},
      RoleArn: job.roleArn,
      OutputDataConfig: {
        S3OutputPath: job.outputUri,
        KmsKeyId: job.kmsKeyArn,
        CompressionType: job.compression ?? ('GZIP' as const),
      },
      ResourceConfig: {
        InstanceType: (job.instanceType ?? 'ml.g5.12xlarge') as SageMaker.TrainingInstanceType,
        InstanceCount: 1,
        VolumeSizeInGB: VOLUME_GIGABYTES,
      },
      StoppingCondition: {MaxRuntimeInSeconds: DAY_SECONDS},
      CreationTime: started,
      TrainingStartTime: started,
      TrainingEndTime: ended,
      LastModifiedTime: ended ?? started,
      EnableNetworkIsolation: false,
    }
  },
})

/** One archive, or the folder that holds its files. */
function artefactOf({artefact, outputUri, name, compression = 'GZIP'}: TrainingJob): string {
  if (artefact !== undefined) return artefact
  const folder = `${outputUri.replace(/\/$/, '')}/${name}/output`
  return compression === 'GZIP' ? `${folder}/model.tar.gz` : `${folder}/model/`
}

const imageOf = ({account, region}: RequestContext): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com/llm-training:latest`
