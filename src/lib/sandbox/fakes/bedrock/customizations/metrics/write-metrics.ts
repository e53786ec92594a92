import type {TuningJob} from '../../../../world/tuning-state.js'
import type {World} from '../../../../world.js'
import {folderOf, parseS3Uri} from '../../batch/s3-address.js'
import {type Row, trainingRows, validationRows} from './loss-curve.js'

/** Writes what there is to see of a training by now; each time the whole files, as S3 knows no appending. */
export async function writeMetrics(job: TuningJob, share: number, {objects}: World): Promise<void> {
  const rows = trainingRows(job, share)
  if (rows.length <= job.written) return
  const address = parseS3Uri(job.request.outputDataConfig?.s3Uri ?? '')
  const folder = `${folderOf(address)}model-customization-job-${job.id}`
  const training = `${folder}/training_artifacts/step_wise_training_metrics.csv`
  await objects.put(address.bucket, training, csv(rows), {headers: {ContentType: 'text/csv'}})
  job.written = rows.length
  const validated = (job.intake?.validation ?? []).flatMap((_, index) => validationRows(job, share, index))
  if (validated.length === 0) return
  const validation = `${folder}/validation_artifacts/post_fine_tuning_validation/validation_metrics.csv`
  await objects.put(address.bucket, validation, csv(validated), {headers: {ContentType: 'text/csv'}})
}

function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => columns.map((column) => row[column]).join(','))
  return [columns.join(','), ...lines, ''].join('\n')
}
