import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, OFFER_ACTIONS, REFERENCE_ACTIONS} from '../../lib/cli/permissions.js'
import {usageError} from '../../lib/core/errors.js'
import type {LockResult} from '../../lib/models/lock/lock.schema.js'

export default class ModelsLock extends BaseCommand {
  static override summary =
    'write down the models, routes and destinations a project relies on, and check that they still hold'
  static override description =
    'Writes bedrockctl.lock.json: life cycle, on-demand routes and destinations of each model from each source Region. MODELs or --scan replace what the file names; without them the file is locked anew as it stands. --check compares and writes nothing: exit 3 with what AWS changed, exit 6 when a Region could not be read.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --from eu-central-1 --from eu-west-1',
    '<%= config.bin %> <%= command.id %> --scan . --from eu-central-1',
    '<%= config.bin %> <%= command.id %> --check',
    '<%= config.bin %> <%= command.id %> amazon.nova-lite-v1:0 --from eu-north-1 --offline --dry-run',
  ]
  static override permissions = actions(OFFER_ACTIONS, REFERENCE_ACTIONS)
  static override seeAlso = ['models lifecycle', 'models availability', 'routes trace']
  static override strict = false
  static override args = {
    model: Args.string({description: 'model or profile: any id, ARN or display name; repeatable'}),
  }
  static override flags = {
    check: Flags.boolean({
      description: 'compare the file with what is true now; exit 3 when it changed',
      exclusive: ['dry-run', 'scan', 'from'],
    }),
    from: Flags.string({
      description: 'source Region of the calls, repeatable; the configured Region unless the file names them',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    scan: Flags.string({
      description: 'lock the models that the sources of this folder name; repeatable',
      helpValue: 'DIR',
      multiple: true,
      multipleNonGreedy: true,
    }),
    file: Flags.string({description: 'the lock file', default: 'bedrockctl.lock.json'}),
    'dry-run': Flags.boolean({description: 'print what would be written and write nothing'}),
  }

  async run(): Promise<LockResult> {
    const {argv, flags, settings} = await this.open(ModelsLock)
    if (flags.check && argv.length > 0) {
      throw usageError('CHECK_TAKES_THE_FILE', '--check takes its models from the file.', {
        hint: `Leave out ${argv.join(' ')}.`,
      })
    }
    const [{checkLock, lockModels}, {lockView}, {selectRegions}] = await Promise.all([
      import('../../lib/models/lock/lock-models.js'),
      import('../../lib/models/lock/render-lock.js'),
      import('../../lib/routing/select-regions.js'),
    ])
    const connection = await this.connect(settings)
    const {catalog, configuredRegion: configured, session} = connection
    const ports = {
      catalog,
      readOffers: (names: readonly string[]) => this.offersFor(names, settings, connection),
      references: await session?.references(),
      simulated: () => connection.simulated(),
    }
    const asked = flags.from ?? settings.regions
    const regions = () => selectRegions({asked, configured, otherwise: 'configured'}, catalog)
    const input = {file: flags.file, at: new Date()}
    const result = flags.check
      ? await checkLock(input, ports)
      : await lockModels(
          {
            ...input,
            models: argv,
            folders: flags.scan,
            from: asked.length > 0 ? regions() : [],
            defaultFrom: regions,
            dryRun: flags['dry-run'],
          },
          ports,
          this.signal,
        )
    return this.print(result, lockView)
  }
}
