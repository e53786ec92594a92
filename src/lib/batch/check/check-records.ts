import {blocksOf} from '../../jsonl/blocks-of.js'
import type {ByteRange, ByteSource} from '../../jsonl/byte-source.js'
import {BlockChecker, type BlockReport} from './check-block.js'
import type {CheckSettings} from './check-settings.js'
import {BlockMerger} from './merge-blocks.js'
import type {OnRecord, RecordCheck} from './record-check.js'
import {verifyRepeats} from './verify-repeats.js'

/** Checks parts of the input; reports come in the order of the ranges. */
export type BlockRunner = (ranges: readonly ByteRange[], signal: AbortSignal | undefined) => AsyncIterable<BlockReport>

export interface RecordCheckOptions {
  /** Who checks the parts: this thread by default. */
  readonly run?: BlockRunner | undefined
  readonly signal?: AbortSignal | undefined
  /** Bytes that are done. */
  readonly onProgress?: ((bytes: number) => void) | undefined
  readonly onRecord?: OnRecord | undefined
  readonly blockBytes?: number | undefined
}

/** Checks every line of the input, whatever its size, in bounded memory. All threads find the same. */
export async function checkRecords(
  source: ByteSource,
  settings: CheckSettings,
  {run = inThisThread(source, settings), signal, onProgress, onRecord, blockBytes}: RecordCheckOptions = {},
): Promise<RecordCheck> {
  const merger = new BlockMerger({idSeed: settings.idSeed, inputBytes: source.bytes, onRecord})
  for await (const report of run(blocksOf(source.bytes, blockBytes), signal)) {
    merger.add(report)
    onProgress?.(report.end)
  }
  await verifyRepeats(source, merger, settings.maxLineBytes)
  return {
    totals: merger.totals(),
    groups: merger.groups(),
    verdictOf: (line) => merger.verdictOf(line),
    takeNewId: (id) => merger.takeNewId(id),
  }
}

/** One part after the other. */
function inThisThread(source: ByteSource, settings: CheckSettings): BlockRunner {
  const checker = new BlockChecker(source, settings)
  return async function* (ranges, signal) {
    let spare: BlockReport['numbers'] | undefined
    for (const range of ranges) {
      const report = await checker.check(range, signal, spare)
      yield report
      spare = report.numbers
    }
  }
}
