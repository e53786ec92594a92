/** The state of one sandbox. Filled from a scenario; owned by world/ and the services. */
export interface World {
  /** Scenario this world was made from. */
  readonly scenario: string
}
