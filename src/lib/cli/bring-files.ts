import type {BedrockctlError} from '../core/errors.js'
import {sizeWords} from '../core/text.js'
import type {ImportsCreateResult} from '../imports/create/imports-create.schema.js'
import type {CommandFrame} from './base-command.js'
import type {CreateSource} from './create-source.js'
import type {ImportDoor} from './open-imports.js'

interface BringFrame {
  readonly frame: Pick<CommandFrame, 'progress' | 'signal'> & {readonly note: (text: string) => void}
  readonly door: Pick<ImportDoor, 'session'>
  readonly region: string
  readonly bucketOwner: string | undefined
}

/** Puts the files where the service reads them. */
export async function bringFiles(
  {archive, local, place}: CreateSource,
  upload: ImportsCreateResult['upload'],
  {bucketOwner, door, frame, region}: BringFrame,
): Promise<ImportsCreateResult['upload']> {
  if (local === undefined && archive === undefined) return upload
  const {note, progress, signal} = frame
  const [store, {realClock}] = await Promise.all([door.session.objectStore(), import('../jobs/clock.js')])
  const owner = {region, account: bucketOwner}
  const onRetry = ({message}: BedrockctlError, waitMs: number) =>
    note(`retrying  in ${Math.round(waitMs / 1000)} s: ${message}`)
  const common = {target: place, owner, kmsKeyId: undefined, signal, onRetry}
  if (local) {
    const {uploadModel} = await import('../imports/create/upload-model.js')
    const done = await uploadModel(
      {
        ...common,
        folder: local.folder,
        files: local.needed,
        onProgress: (bytes, _, total) => progress.update(megabytes(bytes), megabytes(total), 'MB in S3'),
      },
      {store, clock: realClock},
    )
    return {...done, leftOut: [...local.leftOut]}
  }
  if (archive === undefined) return upload
  const {unpackModel} = await import('../imports/create/unpack-model.js')
  const done = await unpackModel(
    {
      ...common,
      archive,
      archiveOwner: owner,
      onProgress: (bytes, total) => progress.update(megabytes(bytes), megabytes(total), 'MB unpacked'),
    },
    {store, clock: realClock},
  )
  note(`unpacked  ${done.files} files, ${sizeWords(done.bytes)}`)
  return {...done, leftOut: [...done.leftOut]}
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10
}
