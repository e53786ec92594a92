import type {AwsSession} from '../aws/session.js'
import type {Settings} from '../config/settings.js'
import type {FoundImport} from '../imports/find-import.js'
import type {ImportSource} from '../imports/ports.js'
import type {FindPlaces} from '../jobs/find-own.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import {type BookFrame, type OpenedBook, openPrices} from './price-book.js'

/** What the commands about imported models work with. */
export interface ImportDoor extends FindPlaces {
  readonly session: AwsSession
  readonly source: ImportSource
}

/** Opens the imports of the account; `all` Regions are those that import models. */
export async function openImports(settings: Settings, connection: Connection): Promise<ImportDoor> {
  const session = onlineSession(connection, 'Imported models')
  const [{selectRegions}, source, {imports}] = await Promise.all([
    import('../routing/select-regions.js'),
    session.imports(),
    connection.catalog.customModels(),
  ])
  const asked = settings.regions
  const selected = selectRegions(
    {asked, configured: connection.configuredRegion, otherwise: 'configured'},
    connection.catalog,
  )
  const regions = asked.includes('all') ? selected.filter((region) => imports.regions.includes(region)) : selected
  return {session, source, asked, regions}
}

/** The import that JOB|MODEL stands for. */
export async function findImportOf(text: string, door: ImportDoor, signal: AbortSignal): Promise<FoundImport> {
  const {findImport, noImport} = await import('../imports/find-import.js')
  const found = await findImport(text, door, door.source, signal)
  if (found === undefined) throw noImport(text, 'import', door.regions)
  return found
}

/** Prices for a model that is there; undefined where there is nothing to price. */
export async function pricesOf(
  {model}: Pick<FoundImport, 'model'>,
  settings: Settings,
  connection: Connection,
  frame: Omit<BookFrame, 'regions'>,
): Promise<OpenedBook | undefined> {
  return model && openPrices(settings, connection, {...frame, regions: [model.region]})
}
