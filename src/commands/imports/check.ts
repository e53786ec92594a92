import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import {JOB_PREFLIGHT_ACTIONS, keyFlag, ownerFlag, vpcFlags} from '../../lib/cli/job-flags.js'
import {actions, PRICE_ACTIONS, REGION_ACTIONS} from '../../lib/cli/permissions.js'
import type {ImportCheckResult} from '../../lib/imports/check/import-check.schema.js'

export default class ImportsCheck extends BaseCommand {
  static override summary = 'look for all that makes the import of a model fail, before hours of upload and waiting'
  static override description =
    'Reads the list of files, the headers of the weights and small files, never the weights: seconds for hundreds of gigabytes. Judges files and shards, architecture and types, tokenizer and chat template, limits, and with a role also trust, rights, bucket, keys, quotas and names in the account. Every finding says where, why and what mends it; what could not be told is unknown. Also tells what will not work afterwards, and what a copy may cost. Exit code 3 when something blocks the import, 6 when something could not be read.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./llama-house --region us-east-1 --offline',
    '<%= config.bin %> <%= command.id %> s3://models-bucket/llama-house/ --role BedrockImport --name llama-house',
    '<%= config.bin %> <%= command.id %> ./llama-house --offline --output sarif',
  ]
  static override permissions = actions(JOB_PREFLIGHT_ACTIONS, PRICE_ACTIONS, REGION_ACTIONS, [
    'bedrock:ListImportedModels',
    'bedrock:ListModelImportJobs',
  ])
  static override seeAlso = ['imports create', 'iam generate', 'account quotas']
  static override args = {
    model: Args.string({description: 'a folder with a model, or the s3:// address of one', required: true}),
  }
  static override flags = {
    role: Flags.string({description: 'service role that the import is to run with', helpValue: 'NAME|ARN'}),
    name: Flags.string({description: 'name that the imported model is to have'}),
    converse: Flags.boolean({description: 'the model is to answer Converse and chats', default: false}),
    deep: Flags.boolean({description: 'read a tokenizer of any size from S3', default: false}),
    'kms-key': keyFlag('key that the model is to be encrypted with'),
    'bucket-owner': ownerFlag('bucket'),
    ...vpcFlags('one'),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'sarif'],
    }),
  }

  async run(): Promise<ImportCheckResult> {
    const {args, flags, settings} = await this.open(ImportsCheck)
    const [{checkImport}, {checkView}, {readKey, readVpc}] = await Promise.all([
      import('../../lib/cli/check-import.js'),
      import('../../lib/imports/check/render-check.js'),
      import('../../lib/cli/job-words.js'),
    ])
    const vpc = readVpc(flags.subnet, flags['security-group'])
    const result = await checkImport(
      {
        address: args.model,
        role: flags.role,
        name: flags.name,
        converse: flags.converse,
        deep: flags.deep,
        kmsKey: readKey(flags['kms-key']) ?? undefined,
        bucketOwner: flags['bucket-owner'],
        ...(vpc !== null && {vpc}),
      },
      {...this.frame(settings), warn: (text) => this.note(text)},
    )
    return this.print(result, checkView(this.config.version))
  }
}
