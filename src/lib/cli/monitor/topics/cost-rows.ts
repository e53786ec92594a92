import type {UsedLine} from '../../../cost/actual/price-tokens.js'
import type {Window} from '../../../cost/actual/window.js'
import type {CostRow} from '../../../monitor/board/costs/costs.schema.js'
import type {AccountBudget} from '../../../monitor/board/costs/ports.js'

/** A row of what is not known: each source fills in what it tells. */
export const NO_COST = {
  label: null,
  ...{region: null, tier: null, endpoint: null, model: null, route: null},
  ...{today: null, monthToDate: null, forecast: null, forecastBy: null, limit: null, tokensToday: null, requests: null},
  note: null,
} as const

const BY_THE_HOUR: ReadonlySet<UsedLine['target']['kind']> = new Set(['provisioned', 'imported'])

/** Digits after the point that an amount is kept with: far below what anything is billed by. */
const PLACES = 10

/** What each called id took this month in each tier, priced; an amount of which a price is missing is not known. */
export async function usedRows(lines: readonly UsedLine[], window: Window): Promise<readonly CostRow[]> {
  const [{forecasts}, {amountOf, tokensOf}, {startOfMonth}, {sumOf, toNumber, ZERO}] = await Promise.all([
    import('../../../cost/actual/forecast.js'),
    import('../../../cost/actual/price-tokens.js'),
    import('../../../cost/actual/window.js'),
    import('../../../core/decimal.js'),
  ])
  const month = startOfMonth(window.today, 0)
  const inMonth = (day: string) => day >= month
  const isToday = (day: string) => day === window.today
  const groups = new Map<string, readonly UsedLine[]>()
  for (const line of lines) {
    // What is billed by the hour or by copies is told by capacity.
    if (BY_THE_HOUR.has(line.target.kind) || tokensOf(line, inMonth).eq(0)) continue
    const key = `${line.target.route === 'mantle'} ${line.called} ${line.tier}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()].flatMap((group): readonly CostRow[] => {
    const [line] = group
    if (line === undefined) return []
    const unpriced = group.find((one) => one.rate === null)
    const total = (keep: (day: string) => boolean) => {
      if (group.some((one) => one.rate === null && tokensOf(one, keep).gt(0))) return null
      return sumOf(group.map((one) => amountOf(one, keep) ?? ZERO))
        .round(PLACES)
        .toFixed()
    }
    const count = (kind: UsedLine['kind']) =>
      toNumber(sumOf(group.flatMap((one) => (one.kind === kind ? [tokensOf(one, isToday)] : []))))
    const coming = unpriced === undefined ? forecasts(group, null, window)[0] : undefined
    const {called, region, target, tier} = line
    return [
      {
        ...NO_COST,
        ...{
          source: 'metrics',
          name: called,
          label: target.name,
          region,
          tier,
          model: target.modelId,
          route: target.route,
        },
        endpoint: target.route === 'mantle' ? 'mantle' : 'runtime',
        currency: group.find(({rate}) => rate !== null)?.rate?.currency ?? 'USD',
        today: total(isToday),
        monthToDate: total(inMonth),
        forecast: coming?.month ? String(coming.month.amount) : null,
        forecastBy: coming?.month ? coming.how : null,
        tokensToday: {
          ...{input: count('input'), output: count('output')},
          ...{cacheRead: count('cacheRead'), cacheWrite: count('cacheWrite')},
        },
        note: unpriced?.why ?? null,
      },
    ]
  })
}

/** Budgets that may count Bedrock: those of the whole account, and those whose filter names it. */
export function budgetRows(budgets: readonly AccountBudget[]): readonly CostRow[] {
  return budgets.flatMap(({actual, filters, forecast, limit, name, timeUnit, type}): readonly CostRow[] => {
    if (type.toUpperCase() !== 'COST' || !(filters === '' || /bedrock/i.test(filters))) return []
    const currency = limit?.currency ?? actual?.currency ?? 'USD'
    const same = (money: typeof limit) => (money?.currency === currency ? money.amount : null)
    const scope = filters === '' ? 'the whole account, not Bedrock alone' : 'by its filter'
    return [
      {
        ...NO_COST,
        ...{source: 'budget', name, currency, limit: same(limit), monthToDate: same(actual), forecast: same(forecast)},
        forecastBy: forecast === null ? null : 'forecast of AWS Budgets',
        note: `${timeUnit.toLowerCase()} budget; counts ${scope}`,
      },
    ]
  })
}
