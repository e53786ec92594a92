import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import {actions, OFFER_ACTIONS, REFERENCE_ACTIONS} from '../../lib/cli/permissions.js'
import {usageError} from '../../lib/core/errors.js'
import type {LifecycleResult} from '../../lib/models/lifecycle/lifecycle.schema.js'

export default class ModelsLifecycle extends BaseCommand {
  static override summary = 'show which models are legacy or near their end of life, and find them in source code'
  static override description =
    'With --scan: finds model ids, profile ids and ARNs in a source tree (what Git would add; elsewhere what no .gitignore names) and reports dead, legacy, unpinned and mistyped ones with file:line; exit 3 on an error unless --fail-on says otherwise. Without it: the dates of the models named, or of all that the Regions offer.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-5-20250929-v1:0 --offline',
    '<%= config.bin %> <%= command.id %> --within 90d --fail-on within --region all',
    '<%= config.bin %> <%= command.id %> --scan . --offline',
    '<%= config.bin %> <%= command.id %> --scan src --scan infra --within 180d --offline -o sarif',
  ]
  static override permissions = actions(OFFER_ACTIONS, REFERENCE_ACTIONS)
  static override seeAlso = ['models lock', 'models show', 'models resolve']
  static override strict = false
  static override args = {
    model: Args.string({
      description: 'model or profile: any id, ARN or display name; repeatable; every offered model when absent',
    }),
  }
  static override flags = {
    within: Flags.string({
      description:
        'keep models that lose something within this time (90d); with --scan: an end of life that near is an error',
    }),
    status: Flags.option({options: ['active', 'legacy', 'extended-access', 'eol', 'preview', 'unknown'] as const})({
      description: 'keep models in this phase; repeatable',
      multiple: true,
      multipleNonGreedy: true,
    }),
    scan: Flags.string({
      description: 'find models in the sources of this folder or file; repeatable',
      helpValue: 'DIR',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'fail-on': Flags.option({options: ['eol', 'legacy', 'within', 'error', 'warning', 'never'] as const})({
      description:
        'gate, exit 3: eol, legacy or within for models; error (the default) or warning for --scan; never for none',
    }),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer; sarif with --scan',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'sarif'],
    }),
  }

  async run(): Promise<LifecycleResult> {
    const {argv, flags, settings} = await this.open(ModelsLifecycle)
    if (flags.output === 'sarif' && !flags.scan) {
      throw usageError('FORMAT_NEEDS_SCAN', '--output sarif tells what a scan found.', {hint: 'Add --scan <folder>.'})
    }
    const [{answerLifecycle}, {lifecycleView}, {selectRegions}] = await Promise.all([
      import('../../lib/models/lifecycle/answer-lifecycle.js'),
      import('../../lib/models/lifecycle/render-lifecycle.js'),
      import('../../lib/routing/select-regions.js'),
    ])
    const connection = await this.connect(settings)
    const {catalog, configuredRegion, session} = connection
    const otherwise = settings.offline ? 'all' : 'configured'
    const result = await answerLifecycle(
      {
        models: argv,
        folders: flags.scan,
        regions: selectRegions({asked: settings.regions, configured: configuredRegion, otherwise}, catalog),
        within: flags.within,
        statuses: flags.status ?? [],
        failOn: flags['fail-on'],
        at: new Date(),
      },
      {
        catalog,
        readOffers: (names) => this.offersFor(names, settings, connection),
        references: await session?.references(),
        simulated: () => connection.simulated(),
      },
      {signal: this.signal, onProgress: (read) => this.progress.update(read, undefined, 'files read')},
    )
    return this.print(result, lifecycleView(this.config.version))
  }
}
