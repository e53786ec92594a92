import {expect, test} from 'vitest'
import budgets from '../../../../src/lib/sandbox/fakes/budgets.js'
import {ACCOUNT, ask, aWorld} from '../../../support/sandbox-world.js'

const subscribers = [{type: 'EMAIL' as const, address: 'finops@example.com'}]
const {context} = aWorld({
  cost: {
    budgets: [
      {
        name: 'bedrock',
        limitUsd: 100,
        spentUsd: 90,
        filters: {Service: ['Amazon Bedrock']},
        createdOn: '2026-01-01',
        notifications: [
          {type: 'ACTUAL', threshold: 80, subscribers},
          {type: 'ACTUAL', threshold: 95, unit: 'ABSOLUTE_VALUE', subscribers: []},
        ],
        actions: [
          {
            id: '00000000-0000-4000-a000-000000000001',
            type: 'APPLY_IAM_POLICY',
            thresholdPercent: 120,
            definition: {
              // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of scenarios.
              IamActionDefinition: {PolicyArn: 'arn:${partition}:iam::${account}:policy/stop', Roles: ['app']},
            },
            roleArn: 'arn:aws:iam::111122223333:role/budgets',
            subscribers,
          },
        ],
      },
      {
        name: 'all',
        limitUsd: 100,
        spentUsd: 1,
        filterExpression: {Dimensions: {Key: 'SERVICE'}},
        createdOn: '2026-01-01',
      },
    ],
  },
})
const here = context()
const AccountId = ACCOUNT

test('a budget tells limit, filter and spend; filter expressions only when asked', async () => {
  const {Budgets = []} = await ask(budgets, 'DescribeBudgets', {AccountId}, here)
  const {Budget} = await ask(
    budgets,
    'DescribeBudget',
    {AccountId, BudgetName: 'all', ShowFilterExpression: true},
    here,
  )

  expect(Budgets[0]).toMatchObject({
    BudgetLimit: {Amount: '100.00', Unit: 'USD'},
    CostFilters: {Service: ['Amazon Bedrock']},
    CalculatedSpend: {ActualSpend: {Amount: '90.00', Unit: 'USD'}},
  })
  expect(Budgets[1]).not.toHaveProperty('FilterExpression')
  expect(Budget?.FilterExpression).toEqual({Dimensions: {Key: 'SERVICE'}})
})

test('a notification is in alarm once the spend is over it, and has its subscribers', async () => {
  const {Notifications = []} = await ask(
    budgets,
    'DescribeNotificationsForBudget',
    {AccountId, BudgetName: 'bedrock'},
    here,
  )

  expect(Notifications.map(({Threshold, NotificationState}) => [Threshold, NotificationState])).toEqual([
    [80, 'ALARM'],
    [95, 'OK'],
  ])
  const [Notification] = Notifications
  if (!Notification) throw new Error('no notification')
  const input = {AccountId, BudgetName: 'bedrock', Notification}
  const {Subscribers} = await ask(budgets, 'DescribeSubscribersForNotification', input, here)
  expect(Subscribers).toEqual([{SubscriptionType: 'EMAIL', Address: 'finops@example.com'}])
})

test('actions name the policy of this account', async () => {
  const {Actions} = await ask(budgets, 'DescribeBudgetActionsForAccount', {AccountId}, here)

  expect(Actions).toMatchObject([
    {
      BudgetName: 'bedrock',
      ApprovalModel: 'MANUAL',
      Definition: {IamActionDefinition: {PolicyArn: 'arn:aws:iam::111122223333:policy/stop'}},
    },
  ])
})

test('budgets page; another account’s, a missing one and a strange token are refused', async () => {
  const {Budgets, NextToken} = await ask(budgets, 'DescribeBudgets', {AccountId, MaxResults: 1}, here)

  expect([Budgets?.length, NextToken === undefined]).toEqual([1, false])
  for (const [request, name] of [
    [ask(budgets, 'DescribeBudgets', {AccountId: '999988887777'}, here), 'AccessDeniedException'],
    [ask(budgets, 'DescribeBudget', {AccountId, BudgetName: 'none'}, here), 'NotFoundException'],
    [ask(budgets, 'DescribeBudgets', {AccountId, NextToken: 'x'}, here), 'InvalidNextTokenException'],
  ] as const) {
    await expect(request).rejects.toMatchObject({name})
  }
})
