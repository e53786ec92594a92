import {blocksOf} from '../../jsonl/blocks-of.js'
import {type DraftFile, openDraft} from '../../jsonl/draft-file.js'
import {LineCopy} from '../../jsonl/line-copy.js'
import {readLines} from '../../jsonl/lines.js'
import type {RowJudge} from '../datasets/row-judge.js'
import {CopySorter} from './copy-sorter.js'
import type {CustomizationCheck, PreparedCopy} from './customization-check.schema.js'
import type {FileReading} from './read-file.js'
import {RowIndex} from './row-index.js'

export interface CopyTargets {
  /** Takes the rows for training, mended. */
  readonly training: string | undefined
  readonly validation: string | undefined
  /** Takes the lines that a copy does not have, as they are; then it has none that are wrong. */
  readonly rejects: string | undefined
}

export interface CopiesWritten {
  readonly copies: readonly PreparedCopy[]
  readonly rejects: CustomizationCheck['rejects']
}

/** Flags by which copies are named, for what is said when one cannot be written. */
const FLAGS = {training: '--fix', validation: '--fix-validation'} as const

/** Reads the files again and writes what was asked for. Rows that need no change are copied as the bytes they are. */
export async function writeCopies(
  files: readonly FileReading[],
  judge: RowJudge,
  targets: CopyTargets,
  signal?: AbortSignal,
): Promise<CopiesWritten> {
  if (targets.training === undefined && targets.validation === undefined) return {copies: [], rejects: null}
  const drafts: DraftFile[] = []
  const open = async (file: string | undefined, flag: string): Promise<LineCopy | undefined> => {
    if (file === undefined) return undefined
    const draft = await openDraft(file, flag)
    drafts.push(draft)
    return new LineCopy(file, draft)
  }
  judge.row.wantsEdits = true
  try {
    const rejects = await open(targets.rejects, '--rejects')
    const index = new RowIndex()
    const copies: PreparedCopy[] = []
    for (const file of files) {
      const copy = await open(targets[file.role], FLAGS[file.role])
      const sorter = new CopySorter(judge, index, file.linesBefore, copy, copy && rejects)
      await sortFile(file, sorter, copy, rejects, signal)
      if (copy) copies.push({role: file.role, ...renamed(copy.counts()), ...sorter.counts()})
    }
    for (const draft of drafts) await draft.keep()
    return {copies, rejects: rejects?.counts() ?? null}
  } finally {
    for (const draft of drafts) await draft.drop()
  }
}

async function sortFile(
  {source}: FileReading,
  sorter: CopySorter,
  copy: LineCopy | undefined,
  rejects: LineCopy | undefined,
  signal?: AbortSignal,
): Promise<void> {
  let linesBefore = 0
  for (const range of blocksOf(source.bytes)) {
    const {lines} = await readLines(source, {range, signal}, (line) => sorter.sort(line, linesBefore + line.number))
    linesBefore += lines
    await copy?.flush()
    await rejects?.flush()
    // A line longer than a part of the file is the last that starts in it.
    for (const {start, end, to} of sorter.takeLong()) await to.putRange(source, start, end, signal)
  }
}

function renamed({bytes, file, lines}: ReturnType<LineCopy['counts']>) {
  return {file, bytes, rows: lines}
}
