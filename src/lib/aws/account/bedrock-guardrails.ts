import {
  type AccountEnforcedGuardrailOutputConfiguration,
  BedrockClient,
  GetGuardrailCommand,
  GetResourcePolicyCommand,
  type GuardrailSummary,
  paginateListEnforcedGuardrailsConfiguration,
  paginateListGuardrails,
} from '@aws-sdk/client-bedrock'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {toGuardrailDetail} from './guardrail-shape.js'
import {moment} from './shapes.js'

const PAGE = 100
const DRAFT = 'DRAFT'

export function guardrailReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'bedrock', prefix: 'bedrock', build: (config) => new BedrockClient(config)})
  return {
    async 'bedrock:guardrails'(context) {
      const bedrock = ask(context)
      const drafts = await listGuardrails(bedrock)
      return mapBounded(drafts, (draft) => readGuardrail(draft, bedrock, context))
    },
    async 'bedrock:enforced-guardrails'(context) {
      const configurations = await ask(context).all(
        'ListEnforcedGuardrailsConfiguration',
        (client, options) => paginateListEnforcedGuardrailsConfiguration({client}, {}, options),
        (page) => page.guardrailsConfig,
      )
      return configurations.map(toEnforced)
    },
  }
}

function listGuardrails(bedrock: Asking<BedrockClient>, guardrailIdentifier?: string) {
  return bedrock.all(
    'ListGuardrails',
    (client, options) =>
      paginateListGuardrails(
        {client, pageSize: PAGE},
        {...(guardrailIdentifier !== undefined && {guardrailIdentifier})},
        options,
      ),
    (page) => page.guardrails,
  )
}

async function readGuardrail(
  summary: GuardrailSummary,
  bedrock: Asking<BedrockClient>,
  context: ReadContext,
): Promise<ReadItem<'bedrock:guardrails'>> {
  const {id = '', arn = '', name = '', status = ''} = summary
  const detail = (guardrailVersion: string) =>
    context.part('bedrock:GetGuardrail', async () =>
      toGuardrailDetail(
        await bedrock.one('GetGuardrail', (client, options) =>
          client.send(new GetGuardrailCommand({guardrailIdentifier: id, guardrailVersion}), options),
        ),
      ),
    )
  const versions = context.part('bedrock:ListGuardrails', async () => {
    const all = await listGuardrails(bedrock, id)
    return mapBounded(
      all.filter(({version}) => version !== DRAFT),
      async (one) => ({
        version: one.version ?? '',
        status: one.status ?? '',
        createdAt: moment(one.createdAt),
        detail: await detail(one.version ?? ''),
      }),
    )
  })
  const policy = context.part('bedrock:GetResourcePolicy', () =>
    absentAs(
      bedrock.one('GetResourcePolicy', async (client, options) => {
        const answer = await client.send(new GetResourcePolicyCommand({resourceArn: arn}), options)
        return answer.resourcePolicy ?? null
      }),
      null,
    ),
  )
  return {
    id,
    arn,
    name,
    status,
    createdAt: moment(summary.createdAt),
    updatedAt: moment(summary.updatedAt),
    draft: await detail(DRAFT),
    versions: await versions,
    resourcePolicy: await policy,
  }
}

function toEnforced(one: AccountEnforcedGuardrailOutputConfiguration): ReadItem<'bedrock:enforced-guardrails'> {
  const {selectiveContentGuarding: guarding, modelEnforcement: models} = one
  return {
    configId: one.configId ?? '',
    guardrailArn: one.guardrailArn ?? '',
    guardrailId: one.guardrailId ?? '',
    guardrailVersion: one.guardrailVersion ?? '',
    inputTags: one.inputTags ?? null,
    guarding: guarding ? {system: guarding.system ?? null, messages: guarding.messages ?? null} : null,
    models: models ? {included: models.includedModels ?? [], excluded: models.excludedModels ?? []} : null,
    owner: one.owner ?? null,
    updatedAt: moment(one.updatedAt),
  }
}
