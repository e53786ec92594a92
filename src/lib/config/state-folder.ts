import {homedir} from 'node:os'
import {join} from 'node:path'

/** Where long jobs keep what they have done: BEDROCKCTL_STATE_DIR, else the platform's folder for state. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const chosen = env['BEDROCKCTL_STATE_DIR']
  if (chosen) return chosen
  const home = env['HOME'] ?? homedir()
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'bedrockctl', 'state')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'bedrockctl')
  return join(env['XDG_STATE_HOME'] ?? join(home, '.local', 'state'), 'bedrockctl')
}
