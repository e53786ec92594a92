import type {ReadItem} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {enforcedTarget} from '../../facts/enforced-guardrail.js'
import {guardrailReference} from '../../facts/guardrail-reference.js'
import {configEvidence, inEachRegion, judgeResource} from '../../judge-resource.js'

const READ = 'bedrock:enforced-guardrails'

export const enforcedGuardrailCheck: Check = {
  id: 'GR-02',
  family: 'GR',
  severity: 'critical',
  title: 'The guardrail that the account enforces is there and can be applied',
  why: 'Every call of a model in the Region has to pass the enforced guardrail. When it is missing, broken or cannot run where it is sent, those calls fail.',
  resource: 'enforced guardrail configuration',
  failsWhen:
    'it points to a guardrail or version that is missing, failed or a draft, or that has no usable profile or policy where it is evaluated',
  unknownWhen: 'the guardrail belongs to another account, or AWS does not document where its profile leads',
  reads: [READ, 'bedrock:guardrails'],
  references: [
    {
      title: 'Apply cross-account safeguards with Amazon Bedrock Guardrails enforcements',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (configurations, region) =>
      configurations.map((configuration) => judgeConfiguration(context, configuration, region)),
    ),
}

function judgeConfiguration(context: AuditContext, configuration: ReadItem<typeof READ>, region: string): Judged {
  const {configId, guardrailArn, guardrailId, guardrailVersion: version} = configuration
  const place = {region, resource: {type: 'enforced-guardrail', id: configId || guardrailArn || guardrailId}}
  const evidence = [
    configEvidence(`guardrail ${guardrailArn || guardrailId}, version ${version || 'none'}`, READ, region),
  ]
  const own = {region, account: context.snapshot.caller.account}
  const reference = guardrailReference(guardrailArn, own, version) ?? guardrailReference(guardrailId, own, version)
  const fix = {
    summary: 'Point the configuration to a READY numbered version of a guardrail of this Region.',
    cli: [
      `aws bedrock create-guardrail-version --region ${region} --guardrail-identifier <ID>`,
      `aws bedrock put-enforced-guardrail-configuration --region ${region} --config-id ${configId || '<CONFIG>'} --guardrail-inference-config '{"guardrailIdentifier":"<ARN>","guardrailVersion":"<VERSION>"}'`,
    ],
  }
  if (reference === undefined) {
    return judgeResource(place, {defects: ['It names no guardrail'], fine: '', evidence, fix})
  }
  const {defects, gaps} = enforcedTarget(context, reference, region)
  return judgeResource(place, {
    defects,
    gaps,
    fine: `Guardrail ${reference.id} is ready in version ${version}`,
    evidence,
    fix,
  })
}
