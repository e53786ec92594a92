import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {RefreshResult} from '../../lib/refresh/refresh.schema.js'

const PARTS = ['models', 'prices', 'quotas'] as const

export default class CatalogRefresh extends BaseCommand {
  static override summary =
    'read models, profiles, lifecycle, prices and quotas live into the cache; print what changed'
  static override description =
    'Reads every enabled Region of the account unless --region says otherwise. --offline then answers from the cache, and so does --max-age while it is fresh; prices of the cache beat those of the bundle. A Region that cannot be read keeps what was read of it before, and exit 6 says so. BEDROCKCTL_CACHE_DIR names another folder.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region eu-central-1,eu-west-1 --only models,prices',
    '<%= config.bin %> <%= command.id %> --dry-run --output csv',
  ]
  static override permissions = [
    'account:ListRegions',
    'bedrock:ListFoundationModels',
    'bedrock:ListInferenceProfiles',
    'ec2:DescribeRegions',
    'pricing:DescribeServices',
    'pricing:GetProducts',
    'servicequotas:ListServiceQuotas',
    'sts:GetCallerIdentity',
  ]
  static override seeAlso = ['catalog show', 'models list', 'models lock']
  static override flags = {
    only: Flags.option({options: PARTS, multiple: true, multipleNonGreedy: true, delimiter: ','})({
      description: 'refresh these parts, and leave the others as they are',
    }),
    'dry-run': Flags.boolean({description: 'read and compare; write nothing', default: false}),
  }

  async run(): Promise<RefreshResult> {
    const {flags, settings} = await this.open(CatalogRefresh)
    const [{refreshCatalog}, {refreshView}, {refreshPorts}] = await Promise.all([
      import('../../lib/refresh/refresh-catalog.js'),
      import('../../lib/refresh/render-refresh.js'),
      import('../../lib/cli/refresh-ports.js'),
    ])
    const connection = await this.connect(settings)
    const result = await refreshCatalog(
      {
        regions: settings.regions,
        configuredRegion: connection.configuredRegion,
        parts: flags.only ?? PARTS,
        dryRun: flags['dry-run'],
      },
      await refreshPorts(connection),
      {
        signal: this.signal,
        onProgress: (done, total) => this.progress.update(done, total, 'lists read'),
      },
    )
    return this.print(result, refreshView)
  }
}
