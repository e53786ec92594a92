import {open} from 'node:fs/promises'
import {resolve} from 'node:path'
import {usageError} from '../../core/errors.js'
import {writeWhole} from '../../core/write-whole.js'
import type {PlanFile} from './plan.schema.js'

const KIND = '"kind": "bedrockctl-batch-plan"'

/** Refuses a file that holds something else than a plan, which a plan would replace. */
export async function refuseOtherFile(file: string): Promise<void> {
  if (!(await holdsSomethingElse(file))) return
  throw usageError('FILE_EXISTS', `${file} is there, and is no batch plan.`, {
    hint: 'Name another file with --out, or write over it with --yes.',
  })
}

/** Writes a plan, whole or not at all. Another plan is replaced; any other file only with `force`. */
export async function savePlan(file: string, plan: PlanFile, force: boolean): Promise<void> {
  if (!force) await refuseOtherFile(file)
  await writeWhole(resolve(file), planText(plan))
}

/** The text of a plan file: every shard a line, so that a difference shows what moved. */
export function planText({preflight, shards, ...head}: PlanFile): string {
  const members = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const list = (name: string, items: readonly unknown[]) =>
    `  ${JSON.stringify(name)}: [${items.map((item) => `\n    ${JSON.stringify(item)}`).join(',')}${items.length > 0 ? '\n  ' : ''}]`
  return `{\n${[...members, list('preflight', preflight), list('shards', shards)].join(',\n')}\n}\n`
}

async function holdsSomethingElse(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (handle === undefined) return false
  try {
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(64), 0, 64, 0)
    return !buffer.toString('utf8', 0, bytesRead).includes(KIND)
  } finally {
    await handle.close()
  }
}
