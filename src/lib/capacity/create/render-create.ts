import {sanitise} from '../../core/text.js'
import {formatMoney} from '../../output/money.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {hourlyWords, labelled} from '../capacity-words.js'
import type {CapacityCreateResult, CreateCheck} from './capacity-create.schema.js'

const COLUMNS: readonly Column<CapacityCreateResult>[] = [
  {key: 'name', title: 'NAME', value: ({name}) => name, weight: 0},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome, weight: 0},
  {key: 'state', title: 'STATE', value: ({state}) => state},
  {key: 'model', title: 'MODEL', value: ({modelId}) => modelId, weight: 1},
  {key: 'units', title: 'UNITS', value: ({units}) => units, align: 'right'},
  {key: 'commitment', title: 'COMMITMENT', value: ({commitment}) => commitment},
  {key: 'ends-on', title: 'ENDS ON', value: ({endsOn}) => endsOn},
  {key: 'hourly', title: 'PER HOUR', value: ({hourly}) => hourly?.amount, align: 'right'},
  {key: 'committed', title: 'COMMITTED', value: ({committed}) => committed?.amount, align: 'right'},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

const OUTCOMES: Readonly<Record<CapacityCreateResult['outcome'], string>> = {
  'would-create': 'would be bought; nothing was done: --dry-run',
  refused: 'was not bought: see what stands in its way',
  created: 'is bought, and billed from now on',
  exists: 'was bought before: nothing was done',
  'in-service': 'is in service',
  failed: 'failed',
  'timed-out': 'is not in service yet; it is billed',
}

const VERDICT: Readonly<Record<CreateCheck['verdict'], Meaning>> = {ok: 'good', blocker: 'bad', unknown: 'warn'}

export const capacityCreateView: View<CapacityCreateResult, CapacityCreateResult> = {
  rows: (result) => [result],
  columns: () => COLUMNS,
  text: renderCreate,
}

type Offer = Pick<CapacityCreateResult, 'commitment' | 'committed' | 'endsOn' | 'hourly'>

/** `cannot be deleted before 2027-05-21; costs $113,639.04`: a commitment in words. */
export function offerWords({committed, endsOn, hourly}: Offer): string {
  if (endsOn === null)
    return `${hourlyWords(hourly)}; billed until it is deleted, called or not; it can be deleted at any time`
  const cost =
    committed === null
      ? `billed by the hour, called or not; what it costs is not known`
      : `costs ${formatMoney(committed.amount, committed.currency)}, ${hourlyWords(hourly)}, called or not`
  return `cannot be deleted before ${endsOn}; ${cost}; billed after that day too, until it is deleted, and AWS may renew the term`
}

/** Asked before it is bought. */
export function createQuestion(
  planned: Offer & Pick<CapacityCreateResult, 'modelId' | 'name' | 'region' | 'units'>,
): string {
  const units = planned.units === 1 ? '1 model unit' : `${planned.units} model units`
  return `This buys ${units} of ${planned.modelId} in ${planned.region} as ${planned.name}: ${offerWords(planned)}.`
}

function renderCreate(result: CapacityCreateResult, terminal: Terminal): string {
  const {arn, checks, modelId, name, next, outcome, region, state, units} = result
  return [
    `${paint('strong', sanitise(name), terminal)}   ${OUTCOMES[outcome]}   ${region}`,
    ...labelled('model', `${modelId}, ${units === 1 ? '1 unit' : `${units} units`}`, terminal),
    ...labelled('cost', offerWords(result), terminal),
    ...(state === null ? [] : labelled('state', state, terminal)),
    ...(arn === null ? [] : labelled('arn', arn, terminal)),
    ...checks.flatMap(({fix, said, verdict}) =>
      labelled(verdict, `${said}${fix === null ? '' : `. ${fix}`}`, terminal, VERDICT[verdict]),
    ),
    ...next.map((command, index) => `${(index === 0 ? 'next' : '').padEnd(11)}${paint('id', command, terminal)}`),
  ].join('\n')
}
