import type {TunableBase, Tuning} from '../../catalog/custom-models.schema.js'
import type {DatasetFinding} from './customization-check.schema.js'
import {finding} from './finding.js'
import type {FileReading} from './read-file.js'
import type {RowLimits} from './row-limits.js'

const FORMAT = new Intl.NumberFormat('en-US')
/** What AWS advises for each task (https://docs.aws.amazon.com/nova/latest/userguide/customize-fine-tune-bedrock.html). */
const FEW = 100

/** Whether there are as many rows as a job takes, and a validation set only where one is taken. */
export function countFindings(
  files: readonly FileReading[],
  base: TunableBase,
  tuning: Tuning | undefined,
  limits: RowLimits,
): readonly DatasetFinding[] {
  const rowsOf = (role: string): number | undefined => files.find((file) => file.role === role)?.tally.rows
  const training = rowsOf('training') ?? 0
  const validation = rowsOf('validation')
  const counted = limits.together ? training + (validation ?? 0) : training
  const which = limits.together && validation !== undefined ? 'training and validation together' : 'training'
  const hasAdvice = base.family === 'nova' || base.family === 'nova-2'
  return [
    ...(training === 0 ? [finding('count-min', {file: 'training', text: 'There is no row.'})] : []),
    ...(training === 0 ? [] : boundFindings(counted, which, limits, hasAdvice)),
    ...(validation === undefined ? [] : validationFindings(validation, tuning)),
  ]
}

function boundFindings(
  rows: number,
  which: string,
  {from, least, most}: RowLimits,
  hasAdvice: boolean,
): readonly DatasetFinding[] {
  const said = (verb: string, bound: number): string =>
    `There are ${FORMAT.format(rows)} rows for ${which}; a job ${verb} ${FORMAT.format(bound)} (${from}).`
  if (least !== null && rows < least) return [finding('count-min', {file: 'training', text: said('needs', least)})]
  if (most !== null && rows > most) return [finding('count-max', {file: 'training', text: said('takes', most)})]
  if (rows >= FEW || !hasAdvice) return []
  return [finding('count-few', {file: 'training', text: `There are ${rows} rows.`})]
}

function validationFindings(rows: number, tuning: Tuning | undefined): readonly DatasetFinding[] {
  if (tuning === undefined) return []
  if (tuning.validation === null) {
    return [finding('validation-set', {text: 'The customization takes no validation set: the job fails over one.'})]
  }
  const {most} = tuning.validation
  if (most === null || rows <= most) return []
  const text = `There are ${FORMAT.format(rows)} rows for validation; a job takes ${FORMAT.format(most)}.`
  return [finding('count-max', {file: 'validation', text})]
}
