import {readdirSync} from 'node:fs'
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
  return [...commandFiles().keys()].sort()
}

/** The class behind an id, from the sources, never from dist. */
export async function loadCommand(id: string): Promise<CommandClass> {
  const file = commandFiles().get(id)
  if (file === undefined) throw new Error(`no command ${id} in the sources`)
  const module: {readonly default: CommandClass} = await import(/* @vite-ignore */ pathToFileURL(file).href)
  module.default.id = id
  return module.default
}

let found: ReadonlyMap<string, string> | undefined

/** Looked for once: no test writes commands. */
function commandFiles(): ReadonlyMap<string, string> {
  found ??= findCommands()
  return found
}

/** `models/access/index.ts` is the command `models:access`. */
function findCommands(): ReadonlyMap<string, string> {
  const files = readdirSync(COMMANDS, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'))
  return new Map(
    files.map((file) => {
      const words = file.replace(/\.ts$/, '').split(/[\\/]/)
      return [(words.at(-1) === 'index' ? words.slice(0, -1) : words).join(':'), join(COMMANDS, file)] as const
    }),
  )
}
