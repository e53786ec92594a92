import {type Budget, BudgetsClient, paginateDescribeBudgets, type Spend} from '@aws-sdk/client-budgets'
import type {AccountBudget, BudgetMoney, BudgetSource} from '../monitor/board/costs/ports.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const PAGE = 100

/** AWS Budgets is one service for all Regions; `home` is the one it is asked by. */
export function createBudgetSource(wire: Wire, home: () => Promise<string>): BudgetSource {
  return {
    async budgets(account, signal) {
      const region = await home()
      const client = wire.client('budgets', region, (config) => new BudgetsClient(config))
      const found = await wire.call('budgets', {action: 'budgets:ViewBudget', region}, signal, (abortSignal) =>
        collectPages(
          paginateDescribeBudgets(
            {client, pageSize: PAGE},
            {AccountId: account, ShowFilterExpression: true},
            {abortSignal},
          ),
          (page) => page.Budgets,
          (page) => page.NextToken,
        ),
      )
      return found.map(toBudget)
    },
  }
}

function toBudget(budget: Budget): AccountBudget {
  const {BudgetLimit, BudgetName, BudgetType, CalculatedSpend, CostFilters, FilterExpression, TimeUnit} = budget
  const filters = Object.keys(CostFilters ?? {}).length > 0 ? JSON.stringify(CostFilters) : ''
  return {
    name: BudgetName ?? '',
    type: BudgetType ?? '',
    timeUnit: TimeUnit ?? '',
    limit: toMoney(BudgetLimit),
    actual: toMoney(CalculatedSpend?.ActualSpend),
    forecast: toMoney(CalculatedSpend?.ForecastedSpend),
    filters: FilterExpression ? JSON.stringify(FilterExpression) : filters,
  }
}

function toMoney(spend: Spend | undefined): BudgetMoney | null {
  return spend?.Amount === undefined ? null : {amount: spend.Amount, currency: spend.Unit ?? ''}
}
