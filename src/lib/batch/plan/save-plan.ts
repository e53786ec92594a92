import {resolve} from 'node:path'
import {writeWhole} from '../../core/write-whole.js'
import type {PlanFile} from './plan.schema.js'

/** Writes a plan, whole or not at all, over whatever is there. */
export async function savePlan(file: string, plan: PlanFile): Promise<void> {
  await writeWhole(resolve(file), planText(plan))
}

/** The text of a plan file: every shard a line, so that a difference shows what moved. */
export function planText({preflight, shards, ...head}: PlanFile): string {
  const members = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const list = (name: string, items: readonly unknown[]) =>
    `  ${JSON.stringify(name)}: [${items.map((item) => `\n    ${JSON.stringify(item)}`).join(',')}${items.length > 0 ? '\n  ' : ''}]`
  return `{\n${[...members, list('preflight', preflight), list('shards', shards)].join(',\n')}\n}\n`
}
