import {readPart} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import {least, type Truth, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeAccountRead} from '../../facts/account-read.js'
import {bedrockSpend} from '../../facts/bedrock-spend.js'
import {passesExpression, passesFilters, type Spend} from '../../facts/spend-filter.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf, regionPlace} from '../../judge-resource.js'

const READ = 'budgets:budgets'
type Budget = ReadItem<typeof READ>

export const budgetCheck: Check = {
  id: 'COST-01',
  family: 'COST',
  severity: 'medium',
  title: 'A budget watches the spend on Bedrock and tells somebody',
  why: 'A loop that calls a model costs thousands in a night, and Bedrock has no hard stop. Models of the Marketplace, Claude among them, are billed under names of their own, which a filter on "Amazon Bedrock" misses.',
  resource: 'account',
  failsWhen:
    'no cost budget with a notification and a subscriber covers "Amazon Bedrock" and the Marketplace-billed models in use',
  unknownWhen: 'it cannot be told which models are in use, and no budget covers them all',
  reads: [READ, 'cloudwatch:bedrock-usage', 'cloudtrail:bedrock-events', 'bedrock:inference-profiles'],
  references: [
    {
      title: 'Managing your costs with AWS Budgets',
      url: 'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html',
    },
    {
      title: 'Budget filters',
      url: 'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html',
    },
  ],
  judge: (context) => judgeAccountRead(context, READ, (budgets) => [judgeBudgets(context, budgets)]),
}

interface Cover {
  readonly covered: boolean
  readonly missing: readonly Missing[]
}

function judgeBudgets(context: AuditContext, budgets: readonly Budget[]): Judged {
  const spend = bedrockSpend(context)
  const cost = budgets.filter(({type}) => type.toUpperCase() === 'COST')
  const open = [spend.bedrock, ...spend.marketplace].map((one) => ({one, cover: coverOf(cost, one)}))
  const bare = open.filter(({cover}) => !cover.covered && cover.missing.length === 0)
  const gaps = open.flatMap(({cover}) => (cover.covered ? [] : cover.missing))
  // Models that are not seen matter only where no budget takes in all that the Marketplace bills.
  const unseen = spend.missing.length > 0 && !coverOf(cost, spend.anyMarketplace).covered ? spend.missing : []
  return judgeResource(regionPlace('global'), {
    defects:
      bare.length === 0
        ? []
        : [
            defectOf(
              bare.map(({one}) => one.SERVICE ?? ''),
              cost,
            ),
          ],
    gaps: [...gaps, ...unseen],
    fine: `Budgets with a subscriber cover ${open.map(({one}) => one.SERVICE).join(', ')}`,
    evidence: cost.map((budget) => configEvidence(describe(budget), READ)),
    fix: {
      summary:
        'Create a monthly cost budget that filters on every service whose name holds Bedrock, with a subscriber.',
      cli: [
        `aws budgets create-budget --account-id ${context.snapshot.caller.account} --budget '{"BudgetName":"bedrock","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"<USD>","Unit":"USD"},"CostFilters":{"Service":${JSON.stringify(open.map(({one}) => one.SERVICE))}}}' --notifications-with-subscribers '[{"Notification":{"NotificationType":"ACTUAL","ComparisonOperator":"GREATER_THAN","Threshold":80,"ThresholdType":"PERCENTAGE"},"Subscribers":[{"SubscriptionType":"EMAIL","Address":"<ADDRESS>"}]}]'`,
      ],
      terraform: `resource "aws_budgets_budget" "bedrock" {
  name         = "bedrock"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = "1000"
  limit_unit   = "USD"

  cost_filter {
    name   = "Service"
    values = ${JSON.stringify(open.map(({one}) => one.SERVICE))}
  }

  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["finops@example.com"]
  }
}`,
    },
  })
}

function coverOf(budgets: readonly Budget[], spend: Spend): Cover {
  const covering = budgets.filter((budget) => passes(budget, spend) === YES).map(watchOf)
  const odd = budgets.filter((budget) => passes(budget, spend) === undefined)
  if (covering.some(({covered}) => covered)) return {covered: true, missing: []}
  return {covered: false, missing: [...covering.flatMap(({missing}) => missing), ...odd.map(unreadable)]}
}

function passes({filters, filterExpression}: Budget, spend: Spend): Truth | undefined {
  const byFilters = passesFilters(filters, spend)
  const byExpression = filterExpression === null ? YES : passesExpression(filterExpression, spend)
  return byExpression === undefined ? undefined : least(byFilters, byExpression)
}

function unreadable({name}: Budget): Missing {
  const reason = `the filter of budget ${name} is no expression that can be read`
  return {action: 'budgets:ViewBudget', code: 'UNREADABLE', reason}
}

/** Whether somebody hears of the budget. */
function watchOf({notifications}: Budget): Cover {
  const reading = readPart(notifications)
  if (reading.state === 'unread') return {covered: false, missing: [missingOf(reading)]}
  const heard = reading.value.map(({subscribers}) => readPart(subscribers))
  if (heard.some((one) => one.state === 'read' && one.value.length > 0)) return {covered: true, missing: []}
  return {covered: false, missing: heard.flatMap((one) => (one.state === 'unread' ? [missingOf(one)] : []))}
}

function defectOf(services: readonly string[], budgets: readonly Budget[]): string {
  const what = services.join(', ')
  const silent = budgets.filter((budget) =>
    services.some((SERVICE) => passes(budget, {SERVICE, RECORD_TYPE: 'Usage'}) === YES),
  )
  if (silent.length === 0) return `no budget covers ${what}`
  return `no budget that tells anybody covers ${what}: ${silent.map(({name}) => name).join(', ')} has no subscriber`
}

function describe(budget: Budget): string {
  const {name, filters, filterExpression} = budget
  const filter = filterExpression ?? (Object.keys(filters).length > 0 ? JSON.stringify(filters) : 'no filter')
  const {covered, missing} = watchOf(budget)
  const heard = covered ? 'with a subscriber' : missing.length > 0 ? 'subscribers unread' : 'without a subscriber'
  return `budget ${name}: ${filter}, ${heard}`
}
