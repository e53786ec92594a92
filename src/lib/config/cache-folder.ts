import {homedir} from 'node:os'
import {join} from 'node:path'

/** Where refreshed facts are kept: BEDROCKCTL_CACHE_DIR, else the platform's cache folder. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const chosen = env['BEDROCKCTL_CACHE_DIR']
  if (chosen) return chosen
  const home = env['HOME'] ?? homedir()
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'bedrockctl', 'cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'bedrockctl')
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'bedrockctl')
}
