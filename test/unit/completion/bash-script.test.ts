import {execFileSync} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import {writeScript} from '../../../src/lib/completion/write-script.js'
import {FACTS} from './example-facts.js'

const {script} = writeScript('bash', FACTS)

/** What bash would offer at the end of the line. */
function complete(line: string, wordBreaks = ' \t\n"\'><=;|&(:'): string[] {
  const run = `${script}
COMP_LINE="$1"; COMP_POINT=\${#1}; COMP_WORDBREAKS="$2"
_bedrockctl
printf '%s\\n' "\${COMPREPLY[@]}"`
  const output = execFileSync('bash', ['--norc', '-c', run, 'bash', line, wordBreaks], {encoding: 'utf8'})
  return output.split('\n').filter((word) => word !== '')
}

describe('bash offers', () => {
  test.each([
    ['bedrockctl ', ['completion', 'models']],
    ['bedrockctl mo', ['models']],
    ['bedrockctl models ', ['access', 'list', 'show']],
    ['bedrockctl models access ', ['request']],
    ['bedrockctl completion ', ['bash', 'zsh']],
    ['bedrockctl models list --m', ['--mode']],
    ['bedrockctl models list --no', ['--no-streaming']],
    ['bedrockctl models list --mode ', ['geo', 'global']],
    ['bedrockctl models list --mode gl', ['global']],
    ['bedrockctl models list -o ', ['json', 'csv']],
    ['bedrockctl models list --region eu', ['eu-central-1', 'eu-west-1']],
    ['bedrockctl models list --region eu-west-1 --region us', ['us-east-1']],
    ['bedrockctl models list --mode=g', ['geo', 'global']],
    ['bedrockctl models show eu.', ['eu.amazon.nova-lite-v1:0']],
    ['bedrockctl models show --region eu-west-1 eu.', ['eu.amazon.nova-lite-v1:0']],
    ['bedrockctl models list --profile', []],
    ['bedrockctl inn', []],
    ['bedrockctl models list --sec', []],
  ])('for %j', (line, words) => {
    expect(complete(line)).toEqual(words)
  })

  test('the rest after a colon, because bash keeps what stands before it', () => {
    expect(complete('bedrockctl models show amazon.nova-lite-v1:')).toEqual(['0'])
  })

  test('whole words where neither colon nor equals sign breaks words', () => {
    expect(complete('bedrockctl models show amazon.nova-lite-v1:', ' \t\n')).toEqual(['amazon.nova-lite-v1:0'])
    expect(complete('bedrockctl models list --mode=ge', ' \t\n')).toEqual(['--mode=geo'])
  })

  test('no word after a flag whose value is only known after an equals sign', () => {
    expect(complete('bedrockctl models list --sandbox --mo')).toEqual(['--mode'])
  })
})

test('ids that a shell would run are left out', () => {
  expect(script).not.toContain('rm -rf')
})
