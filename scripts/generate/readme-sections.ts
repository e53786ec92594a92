import {readFileSync} from 'node:fs'
import type {Artefact} from './artefact.js'
import {anchorOf} from './command-docs.js'
import {readCommands, wordsOf} from './manifest.js'

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
  return {path: 'README.md', text: replaced(replaced(readme, 'commands', table), 'permissions', permissions)}
}

function replaced(text: string, section: string, content: readonly string[]): string {
  const start = `<!-- made by npm run generate: ${section} -->`
  const end = `<!-- end: ${section} -->`
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`README.md lacks the markers of the section ${section}`)
  return `${before}${start}\n${content.join('\n')}\n${end}${after}`
}
