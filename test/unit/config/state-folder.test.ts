import {expect, test} from 'vitest'
import {stateFolder} from '../../../src/lib/config/state-folder.js'

test.each([
  [{BEDROCKCTL_STATE_DIR: '/own', XDG_STATE_HOME: '/xdg'}, 'linux', '/own'],
  [{XDG_STATE_HOME: '/xdg', HOME: '/home/me'}, 'linux', '/xdg/bedrockctl'],
  [{HOME: '/home/me'}, 'linux', '/home/me/.local/state/bedrockctl'],
  [{HOME: '/Users/me', XDG_STATE_HOME: '/xdg'}, 'darwin', '/Users/me/Library/Application Support/bedrockctl'],
] as const)('with %j on %s, state is kept in %s', (env, platform, folder) => {
  expect(stateFolder(env, platform)).toBe(folder)
})

test('on Windows, state is kept beside the cache in the local application data', () => {
  expect(stateFolder({LOCALAPPDATA: '/local'}, 'win32')).toMatch(/local.bedrockctl.state$/)
})
