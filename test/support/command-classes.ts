import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Command} from '@oclif/core/command'

export const ROOT = join(import.meta.dirname, '..', '..')
const COMMANDS = join(ROOT, 'src', 'commands')

export type CommandClass = Command.Class & {
  readonly permissions?: readonly string[]
  readonly seeAlso?: readonly string[]
}

/** Ids of the commands in the sources, as oclif writes them (`models:list`), sorted. */
export function commandIds(): string[] {
  if (!existsSync(COMMANDS)) return []
  return readdirSync(COMMANDS, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, '').replaceAll('\\', '/').replaceAll('/', ':'))
    .sort()
}

/** The class behind an id, from the sources, never from dist. */
export async function loadCommand(id: string): Promise<CommandClass> {
  const file = pathToFileURL(join(COMMANDS, `${id.replaceAll(':', '/')}.ts`)).href
  const module: {readonly default: CommandClass} = await import(/* @vite-ignore */ file)
  module.default.id = id
  return module.default
}
