import {plural} from '../../core/text.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {arrow, mark} from '../availability/availability-words.js'
import type {AccessRequestResult, AccessResult, ModelAccess} from './access.schema.js'

const COLUMNS: readonly Column<ModelAccess>[] = [
  {
    key: 'model',
    title: 'MODEL',
    value: ({modelId}) => modelId,
    text: ({modelId}, terminal) => paint('id', modelId, terminal),
    weight: 0,
  },
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 1},
  {
    key: 'answer',
    title: 'USABLE',
    value: ({answer}) => answer,
    text: ({answer}, terminal) => mark(answer, terminal),
    weight: 0,
  },
  {
    key: 'agreement',
    title: 'AGREEMENT',
    value: ({agreement}) => agreement,
    text: ({agreement}) => (agreement ?? '?').toLowerCase(),
    weight: 3,
  },
  {
    key: 'entitlement',
    title: 'ENTITLEMENT',
    value: ({entitlement}) => entitlement,
    text: ({entitlement}) => (entitlement ?? '?').toLowerCase(),
    weight: 4,
  },
  {
    key: 'authorization',
    title: 'AUTHORISATION',
    value: ({authorization}) => authorization,
    text: ({authorization}) => (authorization ?? '?').toLowerCase(),
    weight: 4,
  },
  {key: 'retention', title: 'RETENTION', value: ({dataRetention}) => dataRetention, weight: 5},
  {
    key: 'findings',
    title: 'WHAT STANDS IN THE WAY',
    value: ({findings}) => findings.map(({code}) => code),
    text: ({findings}) =>
      findings
        .filter(({blocks}) => blocks !== 'no')
        .map(({message}) => message)
        .join('; ') || '-',
    weight: 2,
  },
]

export const accessView: View<AccessResult, ModelAccess> = {
  rows: ({access}) => access,
  columns: () => COLUMNS,
  text: renderAccess,
}

async function renderAccess(result: AccessResult, terminal: Terminal): Promise<string> {
  if (result.access.length === 0) return 'No model is offered there.'
  const blocked = result.access.filter(({answer}) => answer !== 'yes')
  const table = await renderTable(troubleFirst(result.access), COLUMNS, terminal)
  const usable = result.access.length - blocked.length
  const account = result.account === null ? 'this account' : `account ${result.account}`
  return [
    table,
    '',
    `${usable} of ${plural(result.access.length, 'model')} × Region usable by ${account}`,
    ...remedies(result.access, terminal),
  ].join('\n')
}

/** What needs somebody's hands stands at the top; the order is otherwise kept. */
function troubleFirst(access: readonly ModelAccess[]): readonly ModelAccess[] {
  const rank = {no: 0, unknown: 1, yes: 2}
  return [...access].sort((a, b) => rank[a.answer] - rank[b.answer])
}

/** Each remedy once, with how often it applies. */
function remedies(access: readonly ModelAccess[], terminal: Terminal): string[] {
  const counts = new Map<string, number>()
  for (const {findings} of access) {
    for (const {blocks, remedy} of findings) {
      if (blocks !== 'no' && remedy !== null) counts.set(remedy, (counts.get(remedy) ?? 0) + 1)
    }
  }
  return [...counts].flatMap(([remedy, count]) =>
    wrapText(`${remedy}${count > 1 ? ` (${count}×)` : ''}`, terminal.width - 4).map(
      (line, index) => `  ${index === 0 ? arrow(terminal) : ' '} ${line}`,
    ),
  )
}

export const accessRequestView: View<AccessRequestResult, AccessRequestResult> = {
  rows: (result) => [result],
  columns: () => [
    {key: 'model', title: 'MODEL', value: ({modelId}) => modelId},
    {key: 'region', title: 'REGION', value: ({region}) => region},
    {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome},
    {key: 'agreement', title: 'AGREEMENT', value: ({agreement}) => agreement},
    {key: 'terms', title: 'TERMS', value: ({offer}) => offer?.termsUrl ?? null},
  ],
  text: ({modelId, outcome, agreement, offer}, terminal) => {
    const said = {
      accepted: `${paint('good', 'accepted', terminal)}  ${modelId}: agreement ${agreement.toLowerCase()}`,
      'already-accepted': `unchanged  ${modelId}: the agreement is already there`,
      'not-needed': `unchanged  ${modelId} is not sold through AWS Marketplace; it needs no agreement`,
      'would-accept': `dry run  ${modelId}: the agreement would be accepted`,
    }[outcome]
    return offer && outcome === 'would-accept' ? `${said}\n${describeOffer(offer, terminal)}` : said
  },
}

/** Terms and prices of an offer, for a person who is about to accept it. */
export function describeOffer(offer: NonNullable<AccessRequestResult['offer']>, terminal: Terminal): string {
  const rates = offer.rates.map(
    ({dimension, price, unit, description}) =>
      `  ${[description ?? dimension ?? '?', `$${price ?? '?'}`, unit ?? ''].join('  ').trimEnd()}`,
  )
  const shown = rates.slice(0, 12)
  const more = rates.length > shown.length ? [`  and ${rates.length - shown.length} more rates`] : []
  return [
    `terms    ${paint('id', offer.termsUrl ?? 'not given by the offer', terminal)}`,
    ...(offer.duration === null ? [] : [`duration ${offer.duration}`]),
    ...(offer.refundPolicy === null ? [] : [`refunds  ${offer.refundPolicy}`]),
    'prices',
    ...shown,
    ...more,
  ].join('\n')
}
