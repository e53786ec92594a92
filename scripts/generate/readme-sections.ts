import {readFileSync} from 'node:fs'
import type {Artefact} from './artefact.js'
import {anchorOf} from './command-docs.js'
import {readCommands, wordsOf} from './manifest.js'
import {replaceSection} from './replace-section.js'

/** The README with what stands between its markers made anew. */
export function readmeArtefact(): Artefact {
  const commands = readCommands()
  const table = [
    '| command | what it answers |',
    '| --- | --- |',
    ...commands.map(
      (command) => `| [\`${wordsOf(command)}\`](docs/commands/${anchorOf(command)}) | ${command.summary ?? ''} |`,
    ),
  ]
  const permissions = [
    '| command | AWS actions it may call |',
    '| --- | --- |',
    ...commands.map(({permissions: actions = [], ...command}) => {
      const shown = actions.length === 0 ? 'none' : actions.map((action) => `\`${action}\``).join(' ')
      return `| \`${wordsOf(command)}\` | ${shown} |`
    }),
  ]
  const readme = readFileSync('README.md', 'utf8')
  const text = replaceSection('README.md', readme, 'commands', table)
  return {path: 'README.md', text: replaceSection('README.md', text, 'permissions', permissions)}
}
