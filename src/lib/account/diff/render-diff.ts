import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {AccountDiff, NotCompared, SnapshotChange} from './diff.schema.js'
import {countWords} from './diff-snapshots.js'

const KEYS = ['kind', 'read', 'region', 'resource', 'field', 'before', 'after', 'words'] as const

const COLUMNS: readonly Column<SnapshotChange>[] = KEYS.map((key) => ({
  key,
  title: key.toUpperCase(),
  value: (change) => change[key],
}))

export const diffView: View<AccountDiff, SnapshotChange> = {
  rows: ({changes}) => changes,
  columns: () => COLUMNS,
  text: renderDiff,
}

const MARKS: Readonly<Record<SnapshotChange['kind'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  'statement-added': '+',
  'statement-removed': '-',
}

function renderDiff(diff: AccountDiff, terminal: Terminal): string {
  const {before, after, changes, notCompared, gate} = diff
  const verdict =
    gate === undefined
      ? ''
      : gate.passed
        ? `${paint('good', 'PASS', terminal)}  `
        : `${paint('bad', 'FAIL', terminal)}  `
  const account =
    before.account === after.account ? `account ${after.account}` : `account ${before.account} → ${after.account}`
  return [
    ...wrapText(`${verdict}${countWords(diff)}  ${account}  ${before.takenAt} → ${after.takenAt}`, terminal.width),
    ...changes.flatMap(({kind, words}) => bullet(MARKS[kind], words, terminal)),
    ...(notCompared.length === 0 ? [] : ['', 'Not compared, because only one of the two could read it:']),
    ...notCompared.flatMap(({words}: NotCompared) => bullet('?', words, terminal)),
  ].join('\n')
}

function bullet(mark: string, text: string, terminal: Terminal): readonly string[] {
  return wrapText(text, terminal.width - 4).map((line, index) => `${index === 0 ? `  ${mark} ` : '    '}${line}`)
}
