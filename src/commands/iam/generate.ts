import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, OFFER_ACTIONS, REGION_ACTIONS} from '../../lib/cli/permissions.js'
import {describeTerminal} from '../../lib/output/terminal.js'
import type {IamGenerate} from '../../lib/permissions/generate/generate.schema.js'

const WORKLOADS = ['app', 'batch', 'import', 'customization', 'admin', 'auditor', 'monitor'] as const

export default class IamGenerateCommand extends BaseCommand {
  static override summary = 'print the least a workload needs as IAM policies and roles, proven before they are printed'
  static override description =
    'The evaluator must agree that everything the workload does is allowed, and that what it does not do is denied: another model, another Region or route, no guardrail or endpoint where one is named, a role taken on for somebody else. stdout carries the policies alone; with --offline the bundled catalog says where profiles lead.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --workload app --model anthropic.claude-sonnet-4-6 --from eu-central-1 --account 111122223333 --offline',
    '<%= config.bin %> <%= command.id %> --workload app --model amazon.nova-lite-v1:0 --guardrail gr1abcdefghi:2 --vpce vpce-0a1b2c3d4e5f60718',
    '<%= config.bin %> <%= command.id %> --workload batch --model amazon.nova-lite-v1:0 --read-from s3://in-data/jobs --write-to s3://out-data --format terraform',
    '<%= config.bin %> <%= command.id %> --workload auditor --format cloudformation',
    '<%= config.bin %> <%= command.id %> --workload monitor --region us-east-1 --region eu-west-1 --read-from s3://out-data --account 111122223333 --offline',
  ]
  static override permissions = actions(OFFER_ACTIONS, REGION_ACTIONS, [
    'bedrock:GetGuardrail',
    'bedrock:GetResourcePolicy',
    'bedrock:ListGuardrails',
    'sts:GetCallerIdentity',
  ])
  static override seeAlso = ['iam simulate', 'iam who-can', 'routes trace']
  static override flags = {
    workload: Flags.option({options: WORKLOADS, required: true})({description: 'what the policies are for'}),
    model: Flags.string({
      description: 'model or profile: any id, ARN or display name; repeatable',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    from: Flags.string({description: 'Region the calls are sent from; the configured Region unless given'}),
    route: Flags.option({options: ['in-region', 'geo', 'global'] as const})({description: 'how the model is reached'}),
    guardrail: Flags.string({
      description: 'demand this guardrail in every call: id, ARN or name; the newest version unless given',
      helpValue: 'ID[:VERSION]',
    }),
    'guardrail-profile': Flags.string({
      description: 'guardrail profile behind the guardrail, or none; read live unless given',
      helpValue: 'ID|none',
    }),
    vpce: Flags.string({description: 'demand this VPC endpoint', helpValue: 'ID'}),
    account: Flags.string({description: 'account the policies are for; that of the credentials unless given'}),
    'read-from': Flags.string({
      description: 'where a job reads its data, or wrote what a monitor tells of it; repeatable',
      helpValue: 's3://BUCKET/PREFIX',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'write-to': Flags.string({description: 'where a job writes its results', helpValue: 's3://BUCKET/PREFIX'}),
    'kms-key': Flags.string({description: 'key the buckets of a job are encrypted with', helpValue: 'ARN'}),
    'role-name': Flags.string({description: 'name of the service role of a job', helpValue: 'NAME'}),
    'log-group': Flags.string({
      description: 'log group a monitor may query; repeatable',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
    }),
    attach: Flags.option({options: ['managed', 'user-inline', 'role-inline'] as const, default: 'managed' as const})({
      description: 'how the caller gets its policies, which decides their size',
    }),
    format: Flags.option({options: ['json', 'terraform', 'cloudformation'] as const, default: 'json' as const})({
      description: 'what the policies are written for',
    }),
  }

  async run(): Promise<IamGenerate> {
    const {flags, settings} = await this.open(IamGenerateCommand)
    const [{readGenerateInput}, {generatePolicies}, {explainGenerated, iamGenerateView}] = await Promise.all([
      import('../../lib/cli/generate-input.js'),
      import('../../lib/permissions/generate/generate-policies.js'),
      import('../../lib/permissions/generate/render-generate.js'),
    ])
    const connection = await this.connect(settings)
    const {input, known} = await readGenerateInput(
      {
        workload: flags.workload,
        models: flags.model ?? [],
        from: flags.from,
        route: flags.route,
        account: flags.account,
        guardrail: flags.guardrail,
        guardrailProfile: flags['guardrail-profile'],
        vpce: flags.vpce,
        readFrom: flags['read-from'] ?? [],
        writeTo: flags['write-to'],
        kmsKey: flags['kms-key'],
        roleName: flags['role-name'],
        logGroups: flags['log-group'] ?? [],
        attach: flags.attach,
        format: flags.format,
      },
      {
        connection,
        settings,
        toolVersion: this.config.version,
        signal: this.signal,
        progress: this.progress,
        readOffers: (regions) => this.offersFor(regions, settings, connection),
      },
    )
    const result = await this.print(generatePolicies(input, known), iamGenerateView)
    const forPeople = !flags.json && (flags.output === undefined || flags.output === 'table')
    if (forPeople) this.note(explainGenerated(result, describeTerminal(process.stderr, process.env, flags)))
    return result
  }
}
