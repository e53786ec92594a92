import type {ScenarioRegion} from './scenario.schema.js'

export type ScenarioNetwork = NonNullable<ScenarioRegion['network']>
export type ScenarioVpc = NonNullable<ScenarioNetwork['vpcs']>[number]

type Tags = Readonly<Record<string, string>>

/** Tags of an EC2 resource: its name is one of them. */
export function tagsOf({
  name,
  tags = {},
}: {
  readonly name?: string | undefined
  readonly tags?: Tags | undefined
}): Tags {
  return name === undefined ? tags : {Name: name, ...tags}
}
