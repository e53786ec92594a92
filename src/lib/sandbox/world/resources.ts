import type {ScenarioCost, ScenarioResources} from './scenario.schema.js'

/** What an account has in a Region and the sandbox only reads. */
export interface RegionResources extends ScenarioResources {
  /** Milliseconds: what days without a date are counted from. */
  readonly startedAt: number
}

export interface AccountResources {
  readonly byRegion: ReadonlyMap<string, RegionResources>
  readonly cost: ScenarioCost
  readonly startedAt: number
}

type Listed = {
  [Key in keyof ScenarioResources as NonNullable<ScenarioResources[Key]> extends readonly unknown[]
    ? Key
    : never]: ScenarioResources[Key]
}
type Item<Key extends keyof Listed> = NonNullable<Listed[Key]> extends readonly (infer One)[] ? One : never

export type Bucket = Item<'buckets'>
export type KmsKey = Item<'keys'>
export type LogGroup = Item<'logGroups'>
export type Trail = Item<'trails'>
export type EventDataStore = Item<'eventDataStores'>
export type TrailEvent = Item<'events'>
export type Usage = Item<'usage'>
export type GuardrailUsage = Item<'guardrailUsage'>
export type Alarm = Item<'alarms'>
export type CompositeAlarm = Item<'compositeAlarms'>
export type Guardrail = Item<'guardrails'>
export type Agent = Item<'agents'>
export type KnowledgeBase = Item<'knowledgeBases'>
export type DataSource = NonNullable<KnowledgeBase['dataSources']>[number]
export type Flow = Item<'flows'>
export type Prompt = Item<'prompts'>
export type AgentRuntime = Item<'agentRuntimes'>
export type Gateway = Item<'gateways'>
export type BuiltInTool = Item<'browsers'>
export type BatchSettings = NonNullable<ScenarioResources['batch']>
export type ImportSettings = NonNullable<ScenarioResources['imports']>
export type CopyJob = Item<'copyJobs'>
export type TrainingJob = Item<'trainingJobs'>
export type CustomizationSettings = NonNullable<ScenarioResources['customization']>
export type ServingSettings = NonNullable<ScenarioResources['serving']>
export type Budget = NonNullable<ScenarioCost['budgets']>[number]

/** A part that a scenario has in the shape of the API, as a handler may give it out. */
export function asApi<Shape>(part: object): Shape {
  return structuredClone(part) as Shape
}
