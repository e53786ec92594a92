/** A budget of AWS Budgets. Numbers are texts, as they came. */
export interface AccountBudget {
  readonly name: string
  /** `COST`, `USAGE` … */
  readonly type: string
  /** `MONTHLY`, `QUARTERLY` … */
  readonly timeUnit: string
  readonly limit: BudgetMoney | null
  readonly actual: BudgetMoney | null
  readonly forecast: BudgetMoney | null
  /** What it counts, as text: its filters or its expression; empty: all of the account. */
  readonly filters: string
}

export interface BudgetMoney {
  readonly amount: string
  readonly currency: string
}

export interface BudgetSource {
  /** Every budget of the account: budgets:ViewBudget. */
  budgets(account: string, signal?: AbortSignal): Promise<readonly AccountBudget[]>
}
