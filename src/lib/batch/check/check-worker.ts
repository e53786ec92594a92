// Checks parts of a file, one after the other, in a thread of its own.
import {parentPort, workerData} from 'node:worker_threads'
import type {ByteRange} from '../../jsonl/byte-source.js'
import {openFileSource} from '../../jsonl/file-source.js'
import {BlockChecker} from './check-block.js'
import type {CheckSettings} from './check-settings.js'

/** What such a thread is started with. */
export interface CheckWorkerData {
  readonly file: string
  readonly settings: CheckSettings
}

/** A part to check, and memory for what is told of it. */
export interface CheckWorkerTask {
  readonly range: ByteRange
  readonly spare: Uint32Array<ArrayBuffer> | undefined
}

const {file, settings} = workerData as CheckWorkerData
const checker = new BlockChecker(await openFileSource(file), settings)
let before: Promise<void> = Promise.resolve()

parentPort?.on('message', ({range, spare}: CheckWorkerTask) => {
  before = before.then(async () => {
    const report = await checker.check(range, undefined, spare)
    parentPort?.postMessage(report, [report.numbers.buffer])
  })
})
