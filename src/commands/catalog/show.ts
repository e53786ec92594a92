import type {CatalogShowResult} from '../../lib/catalog/catalog-show.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class CatalogShow extends BaseCommand {
  static override summary = 'show what the bundled catalog and the cache hold, how old they are and who says so'
  static override description =
    'Reads no account and makes no call. Live data beats the cache, and the cache beats this bundle; every answer says which it used.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> -o csv']
  static override seeAlso = ['catalog refresh', 'models list', 'features list']

  async run(): Promise<CatalogShowResult> {
    await this.open(CatalogShow)
    const [{openCatalog}, {showCatalog}, {catalogShowView}, {describeCache}, {cacheFolder}] = await Promise.all([
      import('../../lib/catalog/open-catalog.js'),
      import('../../lib/catalog/show-catalog.js'),
      import('../../lib/catalog/render-catalog.js'),
      import('../../lib/refresh/describe-cache.js'),
      import('../../lib/config/cache-folder.js'),
    ])
    const now = new Date()
    const cache = await describeCache(cacheFolder(process.env, process.platform), now)
    return this.print(await showCatalog(await openCatalog(), now, cache), catalogShowView)
  }
}
