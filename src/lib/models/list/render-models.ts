import {plural, regionWords} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {describeOrigins} from '../../output/describe-origin.js'
import {paint} from '../../output/style.js'
import type {Column, View} from '../../output/view.js'
import type {ListedModel, ModelsListResult} from './models-list.schema.js'

const words = (value: boolean | null) => (value === null ? '?' : value ? 'yes' : 'no')

/** The columns most asked for; `--columns` picks others. */
const DEFAULT_COLUMNS: readonly Column<ListedModel>[] = [
  {key: 'id', title: 'MODEL', value: ({id}) => id, text: ({id}, terminal) => paint('id', id, terminal), weight: 0},
  {key: 'name', title: 'NAME', value: ({name}) => name, weight: 4},
  {key: 'provider', title: 'PROVIDER', value: ({provider}) => provider, weight: 6},
  {
    key: 'status',
    title: 'STATUS',
    value: ({status}) => status,
    text: ({status}, terminal) => (status === 'ACTIVE' ? status : paint('warn', status, terminal)),
    weight: 3,
  },
  {
    key: 'in-region',
    title: 'IN-REGION',
    value: ({inRegion}) => inRegion,
    text: ({inRegion}) => (inRegion.length > 3 ? `${inRegion.length} Regions` : inRegion.join(' ') || '-'),
    weight: 2,
  },
  {
    key: 'profiles',
    title: 'PROFILES',
    value: ({profiles}) => profiles,
    text: ({profiles}) => prefixes(profiles),
    weight: 2,
  },
  {
    key: 'context',
    title: 'CONTEXT',
    value: ({contextTokens}) => contextTokens,
    text: ({contextTokens}) => tokens(contextTokens),
    align: 'right',
    weight: 5,
  },
  {
    key: 'input-usd',
    title: '$/M IN',
    value: ({price}) => price?.inputUsdPerMillionTokens ?? null,
    text: ({price}) => usd(price?.inputUsdPerMillionTokens),
    align: 'right',
    weight: 5,
  },
  {
    key: 'output-usd',
    title: '$/M OUT',
    value: ({price}) => price?.outputUsdPerMillionTokens ?? null,
    text: ({price}) => usd(price?.outputUsdPerMillionTokens),
    align: 'right',
    weight: 5,
  },
]

const MODEL_COLUMNS: readonly Column<ListedModel>[] = [
  ...DEFAULT_COLUMNS,
  {
    key: 'input',
    title: 'INPUT',
    value: ({inputModalities}) => inputModalities ?? null,
    text: ({inputModalities}) => inputModalities?.join(' ') ?? '?',
    weight: 7,
  },
  {
    key: 'output',
    title: 'OUTPUT',
    value: ({outputModalities}) => outputModalities ?? null,
    text: ({outputModalities}) => outputModalities?.join(' ') ?? '?',
    weight: 7,
  },
  {
    key: 'streaming',
    title: 'STREAMING',
    value: ({streaming}) => streaming,
    text: ({streaming}) => words(streaming),
    weight: 8,
  },
  {key: 'tools', title: 'TOOLS', value: ({tools}) => tools, text: ({tools}) => words(tools), weight: 8},
  {
    key: 'caching',
    title: 'CACHING',
    value: ({promptCaching}) => promptCaching,
    text: ({promptCaching}) => words(promptCaching),
    weight: 8,
  },
  {key: 'batch', title: 'BATCH', value: ({batch}) => batch, text: ({batch}) => words(batch), weight: 8},
  {
    key: 'customizations',
    title: 'CUSTOMIZATIONS',
    value: ({customizations}) => customizations ?? null,
    text: ({customizations}) => customizations?.join(' ') ?? '?',
    weight: 8,
  },
  {
    key: 'max-output',
    title: 'MAX OUT',
    value: ({maxOutputTokens}) => maxOutputTokens,
    text: ({maxOutputTokens}) => tokens(maxOutputTokens),
    align: 'right',
    weight: 8,
  },
  {key: 'launched', title: 'LAUNCHED', value: ({launched}) => launched, weight: 8},
  {key: 'end-of-life', title: 'END OF LIFE', value: ({endOfLife}) => endOfLife, weight: 8},
  {key: 'price-date', title: 'PRICE OF', value: ({price}) => price?.asOf ?? null, weight: 8},
  {key: 'price-source', title: 'PRICE SOURCE', value: ({price}) => price?.source ?? null, weight: 9},
]

/** The view of `models list`; `columns` as `--columns` gives them, undefined for the default ones. */
export function modelsListView(columns: string | undefined): View<ModelsListResult, ListedModel> {
  const shown = columns === undefined ? DEFAULT_COLUMNS : selectColumns(MODEL_COLUMNS, columns.split(','))
  return {
    rows: ({models}) => models,
    columns: () => shown,
    empty: 'No models match.',
    footer: ({models, regions, origins}, terminal) =>
      `${plural(models.length, 'model')} in ${regionWords(regions)} · ${describeOrigins(origins, terminal)}`,
  }
}

/** The result with its models in the order of `--sort`. */
export function sortModels(result: ModelsListResult, sort: string | undefined): ModelsListResult {
  return {...result, models: sortRows(result.models, MODEL_COLUMNS, sort)}
}

/** The words before the model id in each profile id: what a caller would write in front. */
function prefixes(profiles: readonly string[]): string {
  return profiles.map((id) => id.slice(0, id.indexOf('.'))).join(' ') || '-'
}

/** 1,000,000 → 1M, 200,000 → 200K. */
export function tokens(count: number | null): string {
  if (count === null) return '?'
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(2))}M`
  return count >= 1000 ? `${Math.round(count / 1000)}K` : String(count)
}

function usd(value: number | null | undefined): string {
  if (value === null || value === undefined) return '?'
  return value >= 0.1 ? value.toFixed(2) : String(Number(value.toPrecision(2)))
}
