import type {Interfaces} from '@oclif/core'
import type {Command} from '@oclif/core/command'
import {Config} from '@oclif/core/config'
import {type CommandClass, commandIds, loadCommand, ROOT} from './command-classes.js'

/** Classes by id that join the program's own, for tests of the frame itself. */
export type ExtraCommands = Readonly<Record<string, CommandClass>>

/** Described once: every run of a command asks for all of them. */
let own: Promise<readonly Command.Loadable[]> | undefined

/** oclif's view of this package with the commands of the sources in place of those of dist. */
export async function loadSourceConfig(extra: ExtraCommands = {}): Promise<Config> {
  const config = await Config.load({root: ROOT})
  own ??= Promise.all(commandIds().map(async (id) => describeCommand(id, await loadCommand(id))))
  const added = Object.entries(extra).map(([id, command]) => {
    command.id = id
    return describeCommand(id, command)
  })
  const plugin = config.plugins.get(config.pjson.name)
  if (!plugin) throw new Error('oclif found no package here')
  Object.assign(plugin, {commands: [...(await own), ...added]})
  // oclif rebuilds its index of commands from the plugins when it is given a Config.
  return Config.load(config as unknown as Interfaces.LoadOptions)
}

/** What the manifest would hold for the class. */
function describeCommand(id: string, command: CommandClass): Command.Loadable {
  const flags = {...command.baseFlags, ...command.flags}
  return {
    ...statics(command),
    id,
    args: named(command.args ?? {}),
    flags: named(flags),
    aliases: command.aliases ?? [],
    hiddenAliases: command.hiddenAliases ?? [],
    hidden: command.hidden ?? false,
    hasDynamicHelp: false,
    pluginName: 'bedrockctl',
    pluginType: 'core',
    strict: command.strict ?? true,
    load: async () => command,
  } as unknown as Command.Loadable
}

function statics(command: CommandClass) {
  const {summary, description, examples, permissions = [], seeAlso = [], usage} = command
  return {summary, description, examples, permissions, seeAlso, usage}
}

function named<Value extends object>(values: Readonly<Record<string, Value>>): Record<string, Value & {name: string}> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, {...value, name}]))
}
