import * as Args from '@oclif/core/args'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import type {ImportsShowResult} from '../../lib/imports/show/imports-show.schema.js'

export default class ImportsShow extends BaseCommand {
  static override summary = 'show all of an import: job, model, units, cost, why it failed'
  static override description =
    'A job or a model, by name, id or ARN. Custom Model Units are as Bedrock set them, and amounts are for one copy. A failure comes with what to do about it where its message is known.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> house-llama',
    '<%= config.bin %> <%= command.id %> arn:aws:bedrock:us-east-1:111122223333:imported-model/1mp0rt123456',
    '<%= config.bin %> <%= command.id %> import-house-llama-first-try --query failure',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:GetImportedModel',
    'bedrock:GetModelImportJob',
    'bedrock:ListImportedModels',
    'bedrock:ListModelImportJobs',
  ])
  static override seeAlso = ['imports list', 'imports watch', 'imports invoke']
  static override args = {target: Args.string({description: 'name, id or ARN of a job or model', required: true})}

  async run(): Promise<ImportsShowResult> {
    const {args, settings} = await this.open(ImportsShow)
    const [{showImport}, {importsShowView}, {findImportOf, openImports, pricesOf}] = await Promise.all([
      import('../../lib/imports/show/show-import.js'),
      import('../../lib/imports/show/render-show.js'),
      import('../../lib/cli/open-imports.js'),
    ])
    const connection = await this.connect(settings)
    const found = await findImportOf(args.target, await openImports(settings, connection), this.signal)
    const frame = {signal: this.signal, progress: this.progress, warn: (text: string) => this.note(text)}
    const prices = await pricesOf(found, settings, connection, frame)
    const facts = {found, book: prices?.book, nowMs: Date.now(), simulated: connection.simulated()}
    return this.print(showImport(facts), importsShowView)
  }
}
