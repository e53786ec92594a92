import type {SandboxScenariosResult} from './sandbox-scenarios.schema.js'

/** A scenario file, as far as the list of scenarios tells of it. */
export interface ScenarioSource {
  readonly name: string
  readonly scenario: {
    readonly description: string
    readonly accounts: readonly {
      readonly id: string
      readonly name: string
      readonly deny?: readonly unknown[] | undefined
    }[]
    readonly faults?: readonly unknown[] | undefined
  }
}

export function describeScenarios(scenarios: readonly ScenarioSource[]): SandboxScenariosResult {
  return {
    schemaVersion: 1,
    simulated: true,
    unread: [],
    scenarios: scenarios.map(({name, scenario: {description, accounts, faults}}) => ({
      name,
      description,
      accounts: accounts.map((account) => ({id: account.id, name: account.name})),
      faults: faults?.length ?? 0,
      denials: accounts.reduce((sum, {deny}) => sum + (deny?.length ?? 0), 0),
    })),
  }
}
