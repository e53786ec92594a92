import {describe, expect, test} from 'vitest'
import {renderCommandHelp} from '../../../../src/lib/cli/help/render-command-help.js'
import {renderRootHelp} from '../../../../src/lib/cli/help/render-root-help.js'
import {renderTopicHelp} from '../../../../src/lib/cli/help/render-topic-help.js'
import {PIPE, terminalOf} from '../../../support/terminals.js'
import {COMMAND} from './example-command.js'

const COMMANDS = [
  {id: 'models:list', summary: 'list models'},
  {id: 'models:availability', summary: 'where a model can be called'},
  {id: 'doctor', summary: 'check the machine'},
  {id: 'models:inner', summary: 'not for people', hidden: true},
  {id: 'novel:thing', summary: 'of a topic without a place'},
]
const ROOT = {bin: 'bedrockctl', version: '1.2.3', commands: COMMANDS}

describe('root help', () => {
  test('groups the topics that exist under the question they answer', () => {
    const text = renderRootHelp(ROOT, PIPE)

    expect(text).toContain('Which model, from where, by which route?\n  models  what can be called')
    expect(text).toContain('list  availability')
    expect(text).not.toMatch(/inner|batch/)
  })

  test('shows a topic that no question names', () => {
    expect(renderRootHelp(ROOT, PIPE)).toMatch(/More\n {2}novel/)
  })

  test('begins with commands that exist, and closes with the exit codes', () => {
    const text = renderRootHelp(ROOT, PIPE)

    expect(text).toContain('bedrockctl models list --sandbox')
    expect(text).toContain('0 done')
    expect(text).toContain('130 interrupted')
    expect(renderRootHelp({...ROOT, commands: COMMANDS.slice(2)}, PIPE)).not.toContain('START HERE')
  })
})

describe('command help', () => {
  test('has its sections in the order in which people need them', () => {
    const headings = renderCommandHelp(COMMAND, 'bedrockctl', PIPE).match(/^[A-Z ]+$/gm)

    expect(headings).toEqual([
      'USAGE',
      'ARGUMENTS',
      'FLAGS',
      'DESCRIPTION',
      'EXAMPLES',
      'GLOBAL FLAGS',
      'EXIT CODES',
      'PERMISSIONS',
      'SEE ALSO',
    ])
  })

  test('puts flags of a group under its name, after those of none', () => {
    const flag = {type: 'option', description: 'x'} as const
    const flags = {rate: {...flag, name: 'rate', helpGroup: 'LOAD'}, plan: {...flag, name: 'plan'}}
    const text = renderCommandHelp({...COMMAND, flags}, 'bedrockctl', PIPE)

    expect(text).toContain('FLAGS\n  --plan PLAN  x\n\nLOAD FLAGS\n  --rate RATE  x\n')
  })

  test('puts required flags first and hidden ones nowhere', () => {
    const text = renderCommandHelp(COMMAND, 'bedrockctl', PIPE)

    expect(text.indexOf('--within')).toBeLessThan(text.indexOf('--from'))
    expect(text).toContain('time span (required)')
    expect(text).not.toContain('--hidden')
  })

  test('shows usage with its arguments', () => {
    expect(renderCommandHelp(COMMAND, 'bedrockctl', PIPE)).toContain('bedrockctl models show MODEL [flags]')
  })

  test('keeps examples on one line, so that they work as pasted', () => {
    expect(renderCommandHelp(COMMAND, 'bedrockctl', terminalOf(40))).toContain(
      '  bedrockctl models show amazon.nova-lite-v1:0 --region eu-central-1 --output json --query models\n',
    )
  })

  test('says when a command needs no permission', () => {
    expect(renderCommandHelp({...COMMAND, permissions: []}, 'bedrockctl', PIPE)).toContain('none: makes no call to AWS')
  })
})

test('topic help lists the commands of the topic', () => {
  expect(renderTopicHelp('models', COMMANDS, 'bedrockctl', PIPE)).toMatch(
    /^models: what can be called.*\n\nUSAGE\n.*\n\nCOMMANDS\n {2}list {10}list models\n {2}availability {2}where/,
  )
})

test.each([40, 60, 80, 200])('but for examples, no line of help is wider than a terminal of %i columns', (width) => {
  const terminal = terminalOf(width)
  const {examples: _, ...command} = COMMAND
  const pages = [
    renderRootHelp({...ROOT, commands: COMMANDS.slice(2)}, terminal),
    renderCommandHelp(command, 'bedrockctl', terminal),
    renderTopicHelp('models', COMMANDS, 'bedrockctl', terminal),
  ]

  for (const line of pages.join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(width)
})
