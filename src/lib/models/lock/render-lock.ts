import {plural} from '../../core/text.js'
import {describeOrigins} from '../../output/describe-origin.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {formatLock} from './current-lock.js'
import type {LockChange, LockResult} from './lock.schema.js'

const DEFAULT_FILE = 'bedrockctl.lock.json'

const COLUMNS: readonly Column<LockChange>[] = (
  ['kind', 'modelId', 'region', 'id', 'before', 'after', 'words'] as const
).map((key) => ({
  key: key === 'modelId' ? 'model' : key,
  title: key === 'modelId' ? 'MODEL' : key.toUpperCase(),
  value: (change) => change[key],
}))

export const lockView: View<LockResult, LockChange> = {
  rows: ({changes}) => changes,
  columns: () => COLUMNS,
  text: (result, terminal) =>
    result.outcome === 'would-write' ? formatLock(result.lock) : renderLock(result, terminal),
}

function renderLock(result: LockResult, terminal: Terminal): string {
  const {changes, undecided, gate, unread} = result
  const verdict = gate
    ? gate.passed
      ? unread.length > 0
        ? `${paint('warn', 'PARTIAL', terminal)}  nothing changed where it could be read`
        : `${paint('good', 'PASS', terminal)}  ${gate.requirement}`
      : `${paint('bad', 'FAIL', terminal)}  ${plural(changes.length, 'change')} since ${result.file} was written`
    : head(result)
  return [
    `${verdict}${gate ? '' : `  ${scope(result)}`}`,
    ...changes.flatMap(({words}) => bullet(words, terminal)),
    ...undecided.flatMap((text) => bullet(`not compared: ${text}`, terminal)),
    ...(gate ? [paint('faint', `compared with ${origins(result, terminal)}: ${scope(result)}`, terminal)] : []),
    ...(gate && !gate.passed
      ? [`Accept the changes: bedrockctl models lock${result.file === DEFAULT_FILE ? '' : ` --file ${result.file}`}`]
      : []),
  ].join('\n')
}

function head({outcome, file}: LockResult): string {
  switch (outcome) {
    case 'written':
      return `wrote ${file}`
    case 'unchanged':
      return `unchanged ${file}`
    case 'not-written':
      return `left ${file} as it was: a Region could not be read`
    case 'would-write':
    case 'checked':
      return file
  }
}

function scope({lock}: LockResult): string {
  const models = Object.values(lock.models)
  const regions = new Set(models.flatMap(({from}) => Object.keys(from)))
  const routes = models.flatMap(({from}) => Object.values(from).flatMap((entry) => entry.routes))
  return `${plural(models.length, 'model')}, ${plural(regions.size, 'source Region')}, ${plural(routes.length, 'route')}`
}

function origins({lock}: LockResult, terminal: Terminal): string {
  return describeOrigins(
    Object.entries(lock.read.regions).map(([region, {kind, asOf}]) => ({kind, region, asOf, source: ''})),
    terminal,
  )
}

function bullet(text: string, terminal: Terminal): readonly string[] {
  return wrapText(text, terminal.width - 6).map((line, index) => `${index === 0 ? '    - ' : '      '}${line}`)
}
