// Checks parts of a file, one after the other, in a thread of its own.
import {parentPort, workerData} from 'node:worker_threads'
import type {ErrorReport} from '../../core/error-report.schema.js'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {ByteRange, ByteSource} from '../../jsonl/byte-source.js'
import {openFileSource} from '../../jsonl/file-source.js'
import {BlockChecker} from './check-block.js'
import type {CheckSettings} from './check-settings.js'

/** What such a thread is started with. */
export interface CheckWorkerData {
  readonly file: string
  /** Of the file when it was opened for the check: what is something else now has parts that were cut for another file. */
  readonly revision: string
  readonly settings: CheckSettings
}

/** A part to check, and memory for what is told of it. */
export interface CheckWorkerTask {
  readonly range: ByteRange
  readonly spare: Uint32Array<ArrayBuffer> | undefined
}

/** Posted in place of a report: an error loses its class and symbols on the way to another thread. */
export interface CheckWorkerFailure {
  readonly failure: ErrorReport
}

const {file, revision, settings} = workerData as CheckWorkerData
const opening = openFileSource(file, {blocking: true}).then((source) => new BlockChecker(asItWas(source), settings))
opening.catch(() => undefined)
let before: Promise<void> = Promise.resolve()

parentPort?.on('message', ({range, spare}: CheckWorkerTask) => {
  before = before.then(async () => {
    try {
      const checker = await opening
      const report = await checker.check(range, undefined, spare)
      parentPort?.postMessage(report, [report.numbers.buffer])
    } catch (cause) {
      if (!(cause instanceof BedrockctlError)) throw cause
      const told: CheckWorkerFailure = {failure: cause.toReport()}
      parentPort?.postMessage(told)
    }
  })
})

function asItWas(source: ByteSource): ByteSource {
  if (source.revision === revision) return source
  throw usageError('INPUT_CHANGED', `${source.name} was changed after the check began.`, {
    hint: 'Wait until nobody writes to it, and run it again.',
  })
}
