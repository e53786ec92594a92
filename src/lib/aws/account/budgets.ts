import {
  type Action,
  type Budget,
  BudgetsClient,
  type Notification,
  paginateDescribeBudgetActionsForBudget,
  paginateDescribeBudgets,
  paginateDescribeNotificationsForBudget,
  paginateDescribeSubscribersForNotification,
} from '@aws-sdk/client-budgets'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'

type BudgetItem = ReadItem<'budgets:budgets'>

const PAGE = 100

export function budgetReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'budgets', prefix: 'budgets', build: (config) => new BudgetsClient(config)})
  return {
    async 'budgets:budgets'(context) {
      const budgets = ask(context)
      const found = await budgets.all(
        'ViewBudget',
        (client, options) =>
          paginateDescribeBudgets(
            {client, pageSize: PAGE},
            {AccountId: context.account, ShowFilterExpression: true},
            options,
          ),
        (page) => page.Budgets,
      )
      return mapBounded(found, (budget) => readBudget(budget, budgets, context))
    },
  }
}

async function readBudget(budget: Budget, budgets: Asking<BudgetsClient>, context: ReadContext): Promise<BudgetItem> {
  const place = {AccountId: context.account, BudgetName: budget.BudgetName}
  const [notifications, actions] = await Promise.all([
    context.part('budgets:ViewBudget', async () => {
      const found = await budgets.all(
        'ViewBudget',
        (client, options) => paginateDescribeNotificationsForBudget({client, pageSize: PAGE}, {...place}, options),
        (page) => page.Notifications,
      )
      return mapBounded(found, async (notification) => ({
        ...notificationShape(notification),
        subscribers: await context.part('budgets:ViewBudget', async () => {
          const subscribers = await budgets.all(
            'ViewBudget',
            (client, options) =>
              paginateDescribeSubscribersForNotification(
                {client, pageSize: PAGE},
                {...place, Notification: notification},
                options,
              ),
            (page) => page.Subscribers,
          )
          return subscribers.flatMap(({SubscriptionType}) => SubscriptionType ?? [])
        }),
      }))
    }),
    context.part('budgets:DescribeBudgetActionsForBudget', async () => {
      const found = await budgets.all(
        'DescribeBudgetActionsForBudget',
        (client, options) => paginateDescribeBudgetActionsForBudget({client, pageSize: PAGE}, {...place}, options),
        (page) => page.Actions,
      )
      return found.map(toAction)
    }),
  ])
  return {...budgetShape(budget), notifications, actions}
}

function spend(amount: {readonly Amount?: string | undefined; readonly Unit?: string | undefined} | undefined) {
  return amount ? {amount: amount.Amount ?? '', unit: amount.Unit ?? ''} : null
}

function budgetShape(budget: Budget) {
  return {
    name: budget.BudgetName ?? '',
    type: budget.BudgetType ?? '',
    timeUnit: budget.TimeUnit ?? '',
    limit: spend(budget.BudgetLimit),
    actual: spend(budget.CalculatedSpend?.ActualSpend),
    filters: budget.CostFilters ?? {},
    filterExpression: budget.FilterExpression ? JSON.stringify(budget.FilterExpression) : null,
  }
}

function notificationShape(notification: Notification) {
  return {
    type: notification.NotificationType ?? '',
    comparison: notification.ComparisonOperator ?? '',
    threshold: notification.Threshold ?? null,
    thresholdType: notification.ThresholdType ?? null,
    state: notification.NotificationState ?? null,
  }
}

function toAction(action: Action): PartValue<BudgetItem['actions']>[number] {
  const {IamActionDefinition: iam, ScpActionDefinition: scp} = action.Definition ?? {}
  return {
    id: action.ActionId ?? '',
    type: action.ActionType ?? '',
    status: action.Status ?? '',
    threshold: action.ActionThreshold?.ActionThresholdValue ?? null,
    thresholdType: action.ActionThreshold?.ActionThresholdType ?? null,
    automatic: action.ApprovalModel === 'AUTOMATIC',
    policy: iam?.PolicyArn ?? scp?.PolicyId ?? null,
  }
}
