import {expect, test} from 'vitest'
import {writeScript} from '../../../src/lib/completion/write-script.js'
import {FACTS} from './example-facts.js'

const zsh = writeScript('zsh', FACTS).script
const fish = writeScript('fish', FACTS).script

test('zsh describes commands and flags, with quotes and colons escaped', () => {
  expect(zsh).toContain(`'models') reply=('access:access of models' 'list:list models' 'show:show one model') ;;`)
  expect(zsh).toContain(`'request:accept a model'\\''s offer'`)
  expect(zsh).toContain(`'--mode:route: geo or global'`)
})

test('zsh knows what flags and arguments take', () => {
  expect(zsh).toContain(`'models list --mode') reply=(geo global) ;;`)
  expect(zsh).toContain(`'models list --output'|'models list -o') reply=(json csv) ;;`)
  expect(zsh).toContain(`'models show ') reply=($_bedrockctl_models) ;;`)
})

test('zsh is a function for fpath and for sourcing', () => {
  expect(zsh).toMatch(/^#compdef bedrockctl\n/)
  expect(zsh).toContain('else compdef _bedrockctl bedrockctl; fi')
})

test('fish completes each word only where it belongs', () => {
  expect(fish).toContain(`complete -c bedrockctl -n '__bedrockctl_at \\'models\\'' -a list -d 'list models'`)
  expect(fish).toContain(
    `complete -c bedrockctl -n '__bedrockctl_at \\'models list\\'' -l mode -r -f -a 'geo global' -d 'route: geo or global'`,
  )
  expect(fish).toContain(`-s o -l output -r -f -a 'json csv'`)
  expect(fish).toContain(`complete -c bedrockctl -n '__bedrockctl_at \\'models show\\'' -f -a '$__bedrockctl_models'`)
})

test('neither offers what is hidden or what a shell would run', () => {
  for (const script of [zsh, fish]) expect(script).not.toMatch(/inner|secret|rm -rf/)
})
