import type {CommandPermissions, DoctorCheck, Permission} from './doctor.schema.js'

/** A command and the IAM actions it may call. */
export interface CommandNeeds {
  readonly command: string
  readonly permissions: readonly string[]
}

/** Every action some command needs, once, in alphabetical order. */
export function neededActions(commands: readonly CommandNeeds[]): readonly string[] {
  return [...new Set(commands.flatMap(({permissions}) => permissions))].sort((a, b) => a.localeCompare(b))
}

/** What each command would miss; commands that call nothing are left out. */
export function reportCommands(
  commands: readonly CommandNeeds[],
  permissions: readonly Permission[],
): readonly CommandPermissions[] {
  const stateOf = new Map(permissions.map(({action, state}) => [action, state]))
  return commands
    .filter((command) => command.permissions.length > 0)
    .map(({command, permissions: needs}) => {
      const inState = (state: Permission['state']) =>
        needs.filter((action) => (stateOf.get(action) ?? 'unknown') === state)
      return {command, missing: inState('denied'), unknown: inState('unknown'), notProbed: inState('not-probed')}
    })
    .sort((a, b) => a.command.localeCompare(b.command))
}

/** One line over all permissions: a denied action is a warning, because only some commands need it. */
export function judgePermissions(
  commands: readonly CommandPermissions[],
  permissions: readonly Permission[],
): DoctorCheck {
  const check = {id: 'permissions', title: 'permissions'}
  const count = (state: Permission['state']) => permissions.filter((permission) => permission.state === state).length
  const affected = commands.filter(({missing}) => missing.length > 0).length
  const counts = [
    `${count('allowed')} allowed`,
    `${count('denied')} denied`,
    `${count('unknown')} unknown`,
    `${count('not-probed')} not probed`,
  ].join(', ')
  if (affected > 0) {
    return {
      ...check,
      status: 'warn',
      detail: `${counts}; ${affected} of ${commands.length} commands would miss some`,
      hint: 'Allow the denied actions, or leave those commands.',
    }
  }
  return {...check, status: count('unknown') > 0 ? 'unknown' : 'ok', detail: counts, hint: null}
}
