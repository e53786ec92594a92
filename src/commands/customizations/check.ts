import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import type {CustomizationCheck} from '../../lib/customizations/check/customization-check.schema.js'

export default class CustomizationsCheck extends BaseCommand {
  static override summary = 'hold a data set against what the customization of a base model takes'
  static override description =
    'Reads files of any size in bounded memory and tells all that is wrong, in groups with counts and first lines: rows of another format, roles and turns, reserved words, texts above their limits, too few or too many rows, repeated and contradicting rows, rows of the validation set that are trained on, what looks like personal data or keys (never shown), and media that cannot be where they are named. With counts of tokens and what training on them costs. --fix writes a copy in which all is mended that can be without changing what it says; rows that need nothing keep every byte. Exit code 3 when something makes the job fail.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/customizations/tone.jsonl --base-model amazon.nova-lite-v1:0:300k --type fine-tuning --offline',
    '<%= config.bin %> <%= command.id %> examples/customizations/tone.jsonl --validation examples/customizations/tone-validation.jsonl --base-model amazon.nova-micro-v1:0 --type fine-tuning --fix prepared.jsonl --rejects rejects.jsonl --offline',
    '<%= config.bin %> <%= command.id %> s3://my-bucket/data/train.jsonl --base-model amazon.nova-pro-v1:0 --type fine-tuning --check-media -o sarif',
  ]
  static override permissions = [
    'pricing:DescribeServices',
    'pricing:GetProducts',
    's3:GetObject',
    'servicequotas:ListServiceQuotas',
    'sts:GetCallerIdentity',
  ]
  static override seeAlso = ['customizations list', 'cost estimate', 'batch check']
  static override args = {
    data: Args.string({description: 'rows to train on, JSON Lines; a file or an s3:// URI', required: true}),
  }
  static override flags = {
    'base-model': Flags.string({description: 'the model that is customized', required: true}),
    type: Flags.string({
      description: 'how it is customized',
      options: ['fine-tuning', 'continued-pre-training', 'distillation', 'reinforcement'],
      required: true,
    }),
    validation: Flags.string({description: 'rows to validate with; a file or an s3:// URI', helpValue: 'FILE'}),
    fix: Flags.string({
      description: 'write a copy there with safe repairs made; with --rejects, without the lines that stay wrong',
      helpValue: 'FILE',
    }),
    'fix-validation': Flags.string({description: 'as --fix, of the validation rows', helpValue: 'FILE'}),
    rejects: Flags.string({description: 'write the lines that are wrong there, byte by byte', helpValue: 'FILE'}),
    epochs: Flags.integer({description: 'how often the rows are gone through, for the price', min: 1}),
    'check-media': Flags.boolean({description: 'look at the media in S3 that rows name: size, and pixels of images'}),
    'show-rows': Flags.boolean({description: 'show the first rows of each finding, clipped; not those with suspects'}),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'sarif'],
    }),
  }

  async run(): Promise<CustomizationCheck> {
    const {args, flags, settings} = await this.open(CustomizationsCheck)
    const [{checkDataset}, {checkView}, {findBase}, cli, {refuseSameFile}, {randomInt}] = await Promise.all([
      import('../../lib/customizations/check/check-dataset.js'),
      import('../../lib/customizations/check/render-check.js'),
      import('../../lib/customizations/find-base.js'),
      import('../../lib/cli/customization-check.js'),
      import('../../lib/cli/batch-check.js'),
      import('node:crypto'),
    ])
    const training = await cli.openDataset(args.data, () => this.connect(settings), this.signal)
    const {connection} = training
    const validation = flags.validation
      ? await cli.openDataset(flags.validation, async () => connection, this.signal)
      : undefined
    const copies = {training: flags.fix, validation: flags['fix-validation'], rejects: flags.rejects}
    const written = {'--fix': flags.fix, '--fix-validation': flags['fix-validation'], '--rejects': flags.rejects}
    await refuseSameFile(args.data, written)
    if (flags.validation) await refuseSameFile(flags.validation, written)
    await this.confirmReplacing(Object.values(written))
    const type = cli.typeOf(flags.type)
    const region = cli.regionOfBase(flags['base-model'], settings.regions[0], connection.configuredRegion)
    const base = findBase(flags['base-model'], await connection.catalog.customModels())
    const tuning = base.tunings.find((one) => one.type === type)
    const asked = {checkMedia: flags['check-media'], epochs: flags.epochs}
    const {unread, ...ports} = await cli.checkPorts({base, region, tuning}, asked, settings, connection, {
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    const bytes = training.source.bytes + (validation?.source.bytes ?? 0)
    const result = await checkDataset(
      {
        training: training.source,
        validation: validation?.source,
        ...{base, copies, region, tuning, type, unread},
        showRows: flags['show-rows'],
        seed: randomInt(2 ** 31),
        simulated: connection.simulated(),
      },
      {
        ...ports,
        catalog: connection.catalog,
        signal: this.signal,
        onProgress: (done) => this.progress.update(megabytes(done), megabytes(bytes), 'MB checked'),
      },
    )
    return this.print({...result, simulated: connection.simulated()}, checkView(this.config.version))
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
