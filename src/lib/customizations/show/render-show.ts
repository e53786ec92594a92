import {sanitise} from '../../core/text.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {PhaseRow} from '../customization.schema.js'
import {atWord, metricWord, phaseWord, stateWord} from '../customization-words.js'
import {typeWord} from '../type-word.js'
import type {CustomizationShowResult} from './customization-show.schema.js'

const COLUMNS: readonly Column<PhaseRow>[] = [
  {key: 'phase', title: 'PHASE', value: ({name}) => name, text: ({name}) => phaseWord(name), weight: 0},
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({state}, terminal) => stateWord(state, terminal),
    weight: 0,
  },
  {
    key: 'started',
    title: 'STARTED',
    value: ({startedAt}) => startedAt,
    text: ({startedAt}) => startedAt ?? '-',
    weight: 2,
  },
  {key: 'ended', title: 'ENDED', value: ({endedAt}) => endedAt, text: ({endedAt}) => endedAt ?? '-', weight: 3},
  {
    key: 'took',
    title: 'TOOK',
    value: ({seconds}) => seconds,
    text: ({seconds}) => (seconds === null ? '-' : spanWord(seconds)),
    align: 'right',
    weight: 1,
  },
]

export const customizationShowView: View<CustomizationShowResult, PhaseRow> = {
  rows: ({job}) => job.phases,
  columns: () => COLUMNS,
  text: renderShow,
}

const LABEL = 17

async function renderShow(result: CustomizationShowResult, terminal: Terminal): Promise<string> {
  const {failure, job, next} = result
  const line = (label: string, text: string | null | undefined): readonly string[] => {
    if (text === null || text === undefined || text === '') return []
    return wrapText(sanitise(text), Math.max(20, terminal.width - LABEL)).map(
      (part, index) => `${(index === 0 ? label : '').padEnd(LABEL)}${part}`,
    )
  }
  const at = atWord(job)
  return [
    [paint('strong', sanitise(job.name), terminal), stateWord(job.state, terminal), ...(at === '-' ? [] : [at])].join(
      '   ',
    ),
    '',
    ...factsOf(result).flatMap(([label, text]) => line(label, text)),
    ...(job.phases.length === 0 ? [] : ['', await renderTable(job.phases, COLUMNS, terminal)]),
    ...(failure === null ? [] : ['', ...line('failed', failure.message), ...line('to do', failure.remedy)]),
    '',
    ...next.map((command, index) => `${(index === 0 ? 'next' : '').padEnd(LABEL)}${paint('id', command, terminal)}`),
  ].join('\n')
}

function factsOf(result: CustomizationShowResult): readonly (readonly [string, string | null | undefined])[] {
  const {job, losses, metrics, model, request, servedBy} = result
  return [
    ['type', typeWord(job.type)],
    ['base model', `${job.baseModel}, ${job.region}`],
    ['teacher', request.teacher],
    ['grader', request.grader],
    ['data', request.training],
    ['validation', request.validation.join(' ')],
    ['results', request.results],
    ['hyperparameters', wordsOf(request.hyperparameters)],
    ['role', request.roleArn],
    ['key', request.kmsKeyArn],
    ['created', job.createdAt],
    ['ended', job.endedAt],
    ['losses', lossWords(losses)],
    ...metrics
      .filter(({name}) => name !== 'perplexity')
      .map(
        ({last, least, name, points}) =>
          [
            name,
            `${metricWord(last.value)} at step ${last.step}; least ${metricWord(least.value)} at ${least.step}; ${points} steps`,
          ] as const,
      ),
    ['model', model === null ? modelWords(result) : `${model.name}, ${model.state ?? 'state not told'}, ${model.arn}`],
    ...servedBy.map(({kind, modelUnits, name, state}) => {
      const what = kind === 'deployment' ? 'deployment' : `provisioned throughput of ${modelUnits ?? '?'} units`
      return ['served by', `${name}, ${what}, ${state}`] as const
    }),
  ]
}

function modelWords({job}: CustomizationShowResult): string | null {
  if (job.modelArn !== null) return `${job.modelName ?? job.modelArn}: deleted since, or not readable`
  return job.state === 'InProgress' ? `${job.modelName ?? '?'}, once it has completed` : null
}

function lossWords({training, validation}: CustomizationShowResult['losses']): string | null {
  const words = [
    ...(training === null ? [] : [`training ${metricWord(training)}`]),
    ...validation.map((loss) => `validation ${metricWord(loss)}`),
  ]
  return words.length === 0 ? null : words.join(', ')
}

function wordsOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}
