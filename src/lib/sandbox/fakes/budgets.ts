import type * as Budgets from '@aws-sdk/client-budgets'
import {
  AccessDeniedException,
  type Action,
  type Definition,
  type Expression,
  InvalidNextTokenException,
  NotFoundException,
  type Budget as SentBudget,
} from '@aws-sdk/client-budgets'
import {handlersFor, type RequestContext} from '../handler.js'
import {asApi, type Budget} from '../world/resources.js'
import {placeOf} from './account-place.js'
import {pageOf} from './page.js'

// Far ahead, as a budget without an end has it.
const NO_END = new Date('2087-06-15T00:00:00Z')

export default handlersFor<typeof Budgets>()({
  DescribeBudgets({AccountId, ShowFilterExpression, ...input}, context) {
    const {items, next} = page(budgetsOf(AccountId, context), input, 'budgets')
    return {Budgets: items.map((one) => describe(one, ShowFilterExpression === true, context)), NextToken: next}
  },

  DescribeBudget({AccountId, BudgetName, ShowFilterExpression}, context) {
    return {Budget: describe(findBudget(AccountId, BudgetName, context), ShowFilterExpression === true, context)}
  },

  DescribeNotificationsForBudget({AccountId, BudgetName, ...input}, context) {
    const all = notificationsOf(findBudget(AccountId, BudgetName, context))
    const {items, next} = page(all, input, `notifications:${BudgetName}`)
    return {Notifications: items, NextToken: next}
  },

  DescribeBudgetNotificationsForAccount({AccountId, ...input}, context) {
    const {items, next} = page(budgetsOf(AccountId, context), input, 'budget-notifications')
    const list = items.map((budget) => ({BudgetName: budget.name, Notifications: notificationsOf(budget)}))
    return {BudgetNotificationsForAccount: list, NextToken: next}
  },

  DescribeSubscribersForNotification({AccountId, BudgetName, Notification: wanted, ...input}, context) {
    const {notifications = []} = findBudget(AccountId, BudgetName, context)
    const found = notifications.find(
      ({type, threshold}) => type === wanted.NotificationType && threshold === wanted.Threshold,
    )
    if (!found) throw notFound('the notification does not exist.')
    const all = found.subscribers.map(({type, address}) => ({SubscriptionType: type, Address: address}))
    const {items, next} = page(all, input, `subscribers:${BudgetName}:${found.type}:${found.threshold}`)
    return {Subscribers: items, NextToken: next}
  },

  DescribeBudgetActionsForAccount({AccountId, ...input}, context) {
    const {items, next} = page(budgetsOf(AccountId, context).flatMap(actionsOf), input, 'actions')
    return {Actions: items, NextToken: next}
  },

  DescribeBudgetActionsForBudget({AccountId, BudgetName, ...input}, context) {
    const {items, next} = page(actionsOf(findBudget(AccountId, BudgetName, context)), input, `actions:${BudgetName}`)
    return {Actions: items, NextToken: next}
  },
})

function budgetsOf(account: string, context: RequestContext): readonly Budget[] {
  if (account !== context.account) {
    const message = `Account ${context.account} is not authorized to view the budgets of account ${account}.`
    throw new AccessDeniedException({message, $metadata: {}})
  }
  return placeOf(context).account.cost.budgets ?? []
}

function findBudget(account: string, name: string, context: RequestContext): Budget {
  const found = budgetsOf(account, context).find((one) => one.name === name)
  if (!found) throw notFound(`the budget ${name} does not exist.`)
  return found
}

const notFound = (what: string): NotFoundException =>
  new NotFoundException({message: `Unable to get budget: ${what}`, $metadata: {}})

const usd = (amount: number) => ({Amount: amount.toFixed(2), Unit: 'USD'})

function describe(budget: Budget, expression: boolean, context: RequestContext): SentBudget {
  const {date} = placeOf(context)
  const {filters, filterExpression, forecastUsd} = budget
  const forecast = forecastUsd === undefined ? {} : {ForecastedSpend: usd(forecastUsd)}
  const filter = expression && filterExpression ? {FilterExpression: asApi<Expression>(filterExpression)} : {}
  return {
    BudgetName: budget.name,
    BudgetLimit: usd(budget.limitUsd),
    ...(filters && {CostFilters: asApi<Record<string, string[]>>(filters)}),
    ...filter,
    TimeUnit: budget.timeUnit ?? 'MONTHLY',
    TimePeriod: {Start: date(budget.createdOn), End: NO_END},
    CalculatedSpend: {ActualSpend: usd(budget.spentUsd), ...forecast},
    BudgetType: 'COST',
    LastUpdatedTime: date(budget.createdOn),
    HealthStatus: {Status: 'HEALTHY', LastUpdatedTime: date(budget.createdOn)},
  }
}

function notificationsOf({notifications = [], limitUsd, spentUsd}: Budget) {
  return notifications.map(({type, threshold, unit = 'PERCENTAGE'}) => {
    const limit = unit === 'PERCENTAGE' ? (limitUsd * threshold) / 100 : threshold
    return {
      NotificationType: type,
      ComparisonOperator: 'GREATER_THAN' as const,
      Threshold: threshold,
      ThresholdType: unit,
      NotificationState: type === 'ACTUAL' && spentUsd > limit ? ('ALARM' as const) : ('OK' as const),
    }
  })
}

function actionsOf({name: budget, actions = []}: Budget): Action[] {
  return actions.map((action) => ({
    ActionId: action.id,
    BudgetName: budget,
    NotificationType: 'ACTUAL',
    ActionType: action.type,
    ActionThreshold: {ActionThresholdValue: action.thresholdPercent, ActionThresholdType: 'PERCENTAGE'},
    Definition: asApi<Definition>(action.definition),
    ExecutionRoleArn: action.roleArn,
    ApprovalModel: action.automatic ? 'AUTOMATIC' : 'MANUAL',
    Status: 'STANDBY',
    Subscribers: action.subscribers.map(({type, address}) => ({SubscriptionType: type, Address: address})),
  }))
}

interface ListInput {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

function page<Item>(all: readonly Item[], {MaxResults = 100, NextToken}: ListInput, scope: string) {
  const found = pageOf(all, {token: NextToken, size: MaxResults, scope})
  if (!found) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
  return found
}
