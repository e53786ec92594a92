import type {CustomizationRow} from '../customization.schema.js'

interface NextFacts {
  readonly hasModel: boolean
  readonly isOver: boolean
  readonly servedBy: readonly {readonly name: string; readonly arn: string}[]
}

/** What is to be done with a job as it stands, best first; commands that work as pasted. */
export function nextCommands(
  {modelName, name, region, state}: CustomizationRow,
  {hasModel, isOver, servedBy}: NextFacts,
): readonly string[] {
  const here = ` --region ${region}`
  const [serving] = servedBy
  if (!isOver) return [`bedrockctl customizations watch ${name}${here}`]
  if (state !== 'Completed') return [`bedrockctl customizations metrics ${name}${here}`]
  if (serving) {
    return [`bedrockctl customizations invoke ${serving.name} --prompt "…"${here}`]
  }
  return hasModel && modelName !== null
    ? [
        `bedrockctl customizations deploy ${modelName}${here}`,
        `bedrockctl customizations metrics ${name}${here} -o html`,
      ]
    : [`bedrockctl customizations metrics ${name}${here}`]
}
