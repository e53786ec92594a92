import {plural, sanitise} from '../../core/text.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {priceWords, stateWord} from '../customization-words.js'
import type {HyperparameterRow} from '../hyperparameters/hyperparameter.schema.js'
import {typeWord} from '../type-word.js'
import type {CreateData, CustomizationCreateResult} from './customization-create.schema.js'

const COLUMNS: readonly Column<HyperparameterRow>[] = [
  {key: 'name', title: 'HYPERPARAMETER', value: ({name}) => name, weight: 0},
  {key: 'value', title: 'VALUE', value: ({value}) => value, weight: 0},
  {key: 'from', title: 'FROM', value: ({from}) => from},
  {key: 'range', title: 'RANGE', value: ({range}) => range},
  {key: 'problem', title: 'PROBLEM', value: ({problem}) => problem},
]

export const customizationCreateView: View<CustomizationCreateResult, HyperparameterRow> = {
  rows: ({hyperparameters}) => hyperparameters,
  columns: () => COLUMNS,
  text: renderCreate,
}

const LABEL = 12

function renderCreate(result: CustomizationCreateResult, terminal: Terminal): string {
  const {baseModel, data, dataset, failure, job, next, region, results, roleArn, skipped, type} = result
  const line = (label: string, text: string | null) => labelled(label, text, terminal)
  return [
    ...line('job', `${result.jobName}: ${typeWord(type)} of ${baseModel} in ${region}`),
    ...line('model', result.modelName),
    ...data.flatMap((one) => line(one.role === 'training' ? 'data' : 'validation', dataWords(one, result.outcome))),
    ...line('rows', datasetWords(dataset)),
    ...line('results', results),
    ...line('role', roleArn),
    ...line('teacher', result.teacher),
    ...line('grader', result.grader),
    ...result.hyperparameters.flatMap((row, index) => line(index === 0 ? 'settings' : '', settingWords(row))),
    ...line(result.hyperparameters.length === 0 ? 'settings' : '', result.hyperparameterNote),
    ...result.price.flatMap((one, index) => line(index === 0 ? 'price' : '', priceWords(one))),
    ...line('not in it', result.excluded.join('; ')),
    ...checkLines(result.preflight, terminal),
    ...line('skipped', skipped.join(', ')),
    ...otherFailures(result).flatMap((said) => line('FAIL', said)),
    '',
    ...outcomeLines(result, terminal),
    ...(failure === null ? [] : [...line('failed', failure.message), ...line('to do', failure.remedy)]),
    ...(job === null ? [] : line('state', stateWord(job.state, terminal))),
    ...next.map((command, index) => `${(index === 0 ? 'next' : '').padEnd(LABEL)}${paint('id', command, terminal)}`),
  ].join('\n')
}

/** Those that no check and no hyperparameter above tells. */
function otherFailures({gate, hyperparameters, job, preflight}: CustomizationCreateResult): readonly string[] {
  if (job !== null) return []
  const told = [
    ...preflight.map(({id, said}) => `${id}: ${said}`),
    ...hyperparameters.flatMap(({problem}) => problem ?? []),
  ]
  return gate.failures.filter((failure) => !told.includes(failure))
}

function labelled(label: string, text: string | null, terminal: Terminal): readonly string[] {
  if (text === null || text === '') return []
  return wrapText(sanitise(text), Math.max(20, terminal.width - LABEL)).map(
    (part, index) => `${(index === 0 ? label : '').padEnd(LABEL)}${part}`,
  )
}

const UPLOADS: Readonly<Record<CreateData['upload'], string>> = {
  none: '',
  'would-upload': ', to be uploaded to ',
  uploaded: ', uploaded to ',
  'already-there': ', there already as ',
}

function dataWords({source, upload, uri}: CreateData, outcome: CustomizationCreateResult['outcome']): string {
  if (upload === 'none') return uri
  // The job names the digest of the file in the address, so that it was made of these bytes.
  return `${source}${UPLOADS[outcome === 'already-made' ? 'already-there' : upload]}${uri}`
}

function datasetWords({checked, errors, said, tokens, warnings}: CustomizationCreateResult['dataset']): string {
  if (!checked) return said
  const found = [
    ...(errors === 0 ? [] : [plural(errors, 'kind of error', 'kinds of errors')]),
    ...(warnings === 0 ? [] : [plural(warnings, 'kind of warning', 'kinds of warnings')]),
  ]
  const counted = tokens === null ? '' : `, about ${tokens.toLocaleString('en-US')} tokens`
  return `${said}${counted}: ${found.length === 0 ? 'nothing found' : found.join(', ')}`
}

function settingWords({from, name, problem, range, value}: HyperparameterRow): string {
  const origin = {given: 'given', default: 'default of the service', service: 'the service decides'}[from]
  const what = value === null ? name : `${name} = ${value}`
  return `${what}  (${origin}${range === null ? '' : `; ${range}`})${problem === null ? '' : `  ${problem}`}`
}

const MEANINGS: Readonly<Record<PreflightCheck['verdict'], Meaning>> = {
  ok: 'good',
  fail: 'bad',
  unknown: 'warn',
  'not-applicable': 'faint',
}

/** What is well in one line; what is not with its reason, and each remedy once. */
function checkLines(preflight: readonly PreflightCheck[], terminal: Terminal): readonly string[] {
  const fine = preflight.filter(({fix, verdict}) => verdict === 'ok' && fix === null)
  const others = preflight.filter(
    ({fix, verdict}) => verdict === 'unknown' || verdict === 'fail' || (verdict === 'ok' && fix !== null),
  )
  return [
    ...labelled('checks', fine.map(({id}) => `${id} ok`).join(' · '), terminal),
    ...others.flatMap(({id, said, verdict}) => {
      const word = verdict === 'ok' ? 'WARN' : verdict.toUpperCase()
      return wrapText(`${word}  ${id}: ${said}`, Math.max(20, terminal.width - LABEL)).map(
        (part) => `${' '.repeat(LABEL)}${paint(verdict === 'ok' ? 'warn' : MEANINGS[verdict], part, terminal)}`,
      )
    }),
    ...[...new Set(others.flatMap(({fix}) => fix ?? []))].flatMap((fix) => labelled('fix', fix, terminal)),
  ]
}

function outcomeLines({job, modelGone, outcome}: CustomizationCreateResult, terminal: Terminal): readonly string[] {
  switch (outcome) {
    case 'dry-run':
      return ['Nothing was done: --dry-run.']
    case 'refused':
      return [`${paint('bad', 'FAIL', terminal)}  The job was not made: it could not work as it is.`]
    case 'already-made': {
      const ended = job?.state === 'Failed' || job?.state === 'Stopped'
      const why = ended ? 'It ended without a model' : modelGone ? 'Its model was deleted since' : undefined
      const again = why === undefined ? '' : ` ${why}; give another --name to run it again.`
      return [`The same job was made before: ${job?.arn ?? ''}.${again}`]
    }
    case 'created':
      return labelled('made', job?.arn ?? '', terminal)
  }
}
