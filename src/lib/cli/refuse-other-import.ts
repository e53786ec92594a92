import type {ExistingImport} from '../imports/create/find-existing.js'
import type {AskedImport} from '../imports/create/name-import.js'
import type {CreateSource} from './create-source.js'
import type {ImportDoor} from './open-imports.js'

interface RefuseFrame {
  readonly door: ImportDoor
  readonly region: string
  readonly signal: AbortSignal
  readonly bucketOwner: string | undefined
}

/** The same again is told as such; what is another thing under the same name must not pass for done. */
export async function refuseOther(
  asked: AskedImport,
  {job}: ExistingImport,
  {local, place}: CreateSource,
  {bucketOwner, door, region, signal}: RefuseFrame,
): Promise<void> {
  if (job === undefined) return
  const [{whatDiffers}, {otherImport}, store] = await Promise.all([
    import('../imports/create/what-differs.js'),
    import('../imports/create/find-existing.js'),
    door.session.objectStore(),
  ])
  const owner = {region, account: bucketOwner}
  const differs = await whatDiffers({asked, job, place, local, owner, signal}, store)
  if (differs !== undefined) throw otherImport(asked.modelName, differs, region)
}
