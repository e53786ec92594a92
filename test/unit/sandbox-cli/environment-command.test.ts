import {expect, test} from 'vitest'
import {environmentCommand} from '../../../src/lib/sandbox-cli/environment-command.js'

const AT = 'http://127.0.0.1:4599'

test.each([
  ['bash', 'eval "$(bedrockctl sandbox env --url http://127.0.0.1:4599)"'],
  ['fish', 'bedrockctl sandbox env --url http://127.0.0.1:4599 --shell fish | source'],
  [
    'powershell',
    'bedrockctl sandbox env --url http://127.0.0.1:4599 --shell powershell | Out-String | Invoke-Expression',
  ],
] as const)('%s is pointed at the sandbox in its own words', (shell, expected) => {
  expect(environmentCommand(AT, {shell, region: undefined, bearer: false})).toBe(expected)
})

test('Region and API key of the start are asked for again', () => {
  expect(environmentCommand(AT, {shell: 'bash', region: 'eu-west-1', bearer: true})).toBe(
    'eval "$(bedrockctl sandbox env --url http://127.0.0.1:4599 --region eu-west-1 --bearer)"',
  )
})
