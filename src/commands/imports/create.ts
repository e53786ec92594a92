import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {OpenedCreate} from '../../lib/cli/import-create.js'
import {keyFlag, ownerFlag, tagFlag, vpcFlags} from '../../lib/cli/job-flags.js'
import {actions} from '../../lib/cli/permissions.js'
import type {WatchTimes} from '../../lib/cli/read-wait.js'
import {paceFlags} from '../../lib/cli/watch-flags.js'
import {EXIT} from '../../lib/core/errors.js'
import type {ImportsCreateResult} from '../../lib/imports/create/imports-create.schema.js'
import type {ImportJob} from '../../lib/imports/ports.js'
import ImportsCheck from './check.js'

export default class ImportsCreate extends BaseCommand {
  static override summary = 'import a model: check it, upload it where it is needed, and make the job'
  static override description =
    'Everything that imports check looks at comes first, and blockers end it with exit code 3; then the price, and a question. A folder of this machine goes to S3 first (--upload): only the files that an import needs, several at once and in parts; killed at any point, the same command goes on where it was. The output of a SageMaker training job is found by its name and unpacked where it is an archive. The same import twice is one job: it is told that it is there already.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> s3://models-bucket/llama-house/ --role BedrockImport --dry-run',
    '<%= config.bin %> <%= command.id %> ./llama-house --upload s3://models-bucket/staging --role BedrockImport --yes --wait',
    '<%= config.bin %> <%= command.id %> --from-sagemaker-job house-llama-2026-11 --name house-llama --role BedrockImport',
  ]
  static override permissions = actions(ImportsCheck.permissions, [
    'bedrock:CreateModelImportJob',
    'bedrock:GetImportedModel',
    'bedrock:GetModelImportJob',
    'bedrock:TagResource',
    'iam:PassRole',
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
    's3:PutObject',
    'sagemaker:DescribeTrainingJob',
  ])
  static override seeAlso = ['imports check', 'imports watch', 'imports invoke']
  static override args = {
    model: Args.string({description: 'a folder with a model, or the s3:// address of one'}),
  }
  static override flags = {
    role: Flags.string({description: 'service role that the import runs with', helpValue: 'NAME|ARN', required: true}),
    name: Flags.string({description: 'name of the imported model; that of its folder unless given'}),
    upload: Flags.string({
      description: 'where files of this machine, or of an archive, are put; a folder of the name of the model in it',
      helpValue: 's3://BUCKET/PREFIX',
    }),
    'from-sagemaker-job': Flags.string({
      description: 'import what a training job of SageMaker made',
      helpValue: 'NAME',
    }),
    converse: Flags.boolean({description: 'the model is to answer Converse and chats', default: false}),
    'kms-key': keyFlag('key that the model is to be encrypted with'),
    'bucket-owner': ownerFlag('bucket'),
    ...vpcFlags('one'),
    tag: tagFlag('the job and of the model'),
    'skip-checks': Flags.boolean({
      description: 'look at no files, role, bucket, quota or name first; what fails then fails after the upload',
      default: false,
    }),
    'dry-run': Flags.boolean({description: 'show what would be done and do nothing', default: false}),
    wait: Flags.boolean({description: 'go on until the import has ended', default: false}),
    timeout: paceFlags.timeout,
    interval: paceFlags.interval,
  }

  async run(): Promise<ImportsCreateResult> {
    const {args, flags, settings} = await this.open(ImportsCreate)
    const [{openImportCreate}, {createQuestion, importsCreateView}, {readKey, readTags, readVpc}, {readTimes}] =
      await Promise.all([
        import('../../lib/cli/import-create.js'),
        import('../../lib/imports/create/render-create.js'),
        import('../../lib/cli/job-words.js'),
        import('../../lib/cli/read-wait.js'),
      ])
    const times = readTimes(flags)
    const opened = await openImportCreate(
      {
        address: args.model,
        trainingJob: flags['from-sagemaker-job'],
        name: flags.name,
        upload: flags.upload,
        role: flags.role,
        kmsKey: readKey(flags['kms-key']),
        bucketOwner: flags['bucket-owner'],
        vpc: readVpc(flags.subnet, flags['security-group']),
        tags: readTags(flags.tag),
        converse: flags.converse,
        skipChecks: flags['skip-checks'],
      },
      {...this.frame(settings), note: (text) => this.note(text)},
    )
    const {make, planned} = opened
    if (flags['dry-run'] || planned.outcome === 'blocked') return this.print(planned, importsCreateView)
    if (make) await this.confirm(createQuestion(planned))
    const {job, result} = make ? await make() : {job: opened.job, result: planned}
    const waits = flags.wait && job !== undefined && result.outcome !== 'already-imported'
    const final = waits ? await this.#wait(result, job, opened, times) : result
    await this.print(final, importsCreateView)
    if (final.outcome === 'timed-out') process.exitCode = EXIT.timedOut
    if (final.outcome === 'interrupted') process.exitCode = EXIT.interrupted
    return final
  }

  /** Follows the job to its end; how it goes is told on stderr. */
  async #wait(
    result: ImportsCreateResult,
    job: ImportJob,
    {connection, door}: OpenedCreate,
    times: WatchTimes,
  ): Promise<ImportsCreateResult> {
    const {followImport} = await import('../../lib/cli/import-watch.js')
    const watched = await followImport(job, times, door, connection, {
      signal: this.signal,
      onLook: ({seen}) => this.progress.update(seen.row.seconds ?? 0, undefined, 's since the import began'),
      onTrouble: ({message}, waitMs) => this.note(`${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`),
      close: async () => undefined,
    })
    const {end, failure, gate, import: row, next} = watched
    return {...result, outcome: end, import: row ?? result.import, failure, next, ...(end === 'ended' && {gate})}
  }
}
