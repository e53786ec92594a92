import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {PrepareResult} from '../../lib/batch/prepare/prepare.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BatchPrepare extends BaseCommand {
  static override summary = 'make records for batch inference of CSV, TSV, JSON Lines, Parquet or an OpenAI batch file'
  static override description =
    'Each row becomes one record in the words of the model, or of Converse. A template says what a prompt is made of: {{column}} stands for a value of the row, {{column?}} for one that may be empty; nothing is evaluated. Files of any size are read in bounded memory. Every problem of every row is told in groups; with one the records are not written and the exit code is 3, unless --rejects puts such rows aside. Nothing is called.'
  static override examples = [
    "<%= config.bin %> <%= command.id %> examples/batch/reviews.csv --model amazon.nova-lite-v1:0 --template 'Classify as good or bad: {{review}}' --id-column id --max-tokens 10 --out records.jsonl",
    "<%= config.bin %> <%= command.id %> examples/batch/reviews.csv --api converse --template 'Translate to French: {{review}}' --max-tokens 300 --dry-run",
    '<%= config.bin %> <%= command.id %> examples/batch/openai.jsonl --model anthropic.claude-sonnet-4-6 --out records.jsonl --rejects rejects.jsonl',
  ]
  static override permissions: readonly string[] = []
  static override seeAlso = ['batch check', 'batch plan', 'batch submit']
  static override args = {
    file: Args.string({
      description: 'rows of prompts, in UTF-8; - reads standard input, for all formats but Parquet',
      required: true,
    }),
  }
  static override flags = {
    model: Flags.string({description: 'the model or inference profile that the records are for'}),
    api: Flags.string({
      description: 'how bodies are worded: as the model has them (unless given), or as Converse',
      options: ['invoke', 'converse'],
    }),
    format: Flags.string({
      description: 'format of the file; by its name, and for OpenAI its first line, when not given',
      options: ['csv', 'tsv', 'jsonl', 'parquet', 'openai-batch'],
    }),
    template: Flags.string({
      description: 'what a prompt is made of, with {{column}} for values; the column prompt when not given',
      exclusive: ['template-file'],
    }),
    'template-file': Flags.string({description: 'file with the template', helpValue: 'FILE'}),
    system: Flags.string({description: 'system prompt of every record', exclusive: ['system-file']}),
    'system-file': Flags.string({description: 'file with the system prompt', helpValue: 'FILE'}),
    'id-column': Flags.string({
      description: 'column of recordIds; r000000001 and on, by the place of the row, when not given',
      helpValue: 'COLUMN',
    }),
    'image-column': Flags.string({
      description: 'column that names an image: a path from the folder of the file, or an S3 URI; repeatable',
      helpValue: 'COLUMN',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'max-tokens': Flags.integer({description: 'most output tokens of an answer; bounds the price', min: 1}),
    temperature: Flags.string({description: 'how freely the model chooses words'}),
    'top-p': Flags.string({description: 'share of likely words that the model chooses from'}),
    stop: Flags.string({
      description: 'text at which an answer ends; repeatable',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'input-type': Flags.string({description: 'what embeddings are for, in the words of the model'}),
    dimensions: Flags.integer({description: 'length of embeddings', min: 1}),
    limit: Flags.integer({description: 'read so many rows and no more', min: 1}),
    out: Flags.string({description: 'write the records there', helpValue: 'FILE'}),
    rejects: Flags.string({
      description: 'write rows that cannot become records there, with what is wrong; the others become records',
      helpValue: 'FILE',
    }),
    'dry-run': Flags.boolean({description: 'tell what would be written and write nothing'}),
  }

  async run(): Promise<PrepareResult> {
    const {args, flags, settings} = await this.open(BatchPrepare)
    const [{prepareRecords}, {prepareView}, {prepareFamily, prepareInputOf}] = await Promise.all([
      import('../../lib/batch/prepare/prepare-records.js'),
      import('../../lib/batch/prepare/render-prepare.js'),
      import('../../lib/cli/batch-prepare.js'),
    ])
    const connection = await this.connect(settings)
    const {family, modelId} = await prepareFamily(flags, connection.catalog)
    const input = await prepareInputOf(args.file, flags, modelId)
    await this.confirmReplacing([input.out, input.rejects])
    const result = await prepareRecords(input, {
      family,
      signal: this.signal,
      onProgress: (rows, of) => this.progress.update(rows, of, 'rows'),
    })
    return this.print(result, prepareView)
  }
}
