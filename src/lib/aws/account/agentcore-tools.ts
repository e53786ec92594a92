import {
  BedrockAgentCoreControlClient,
  GetBrowserCommand,
  GetCodeInterpreterCommand,
  GetMemoryCommand,
  GetPolicyEngineCommand,
  GetTokenVaultCommand,
  paginateListApiKeyCredentialProviders,
  paginateListBrowsers,
  paginateListCodeInterpreters,
  paginateListMemories,
  paginateListOauth2CredentialProviders,
  paginateListPolicyEngines,
  paginateListWorkloadIdentities,
  type VpcConfig,
} from '@aws-sdk/client-bedrock-agentcore-control'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

type Control = Asking<BedrockAgentCoreControlClient>

const PAGE = 100
/** ARNs and ids of AWS's own tools carry this account. */
const OF_AWS = /:aws:/

export function agentcoreToolReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'bedrock-agentcore',
    prefix: 'bedrock-agentcore',
    build: (config) => new BedrockAgentCoreControlClient(config),
  })
  return {
    'bedrock-agentcore:memories': (context) => readMemories(ask(context), context),
    'bedrock-agentcore:browsers': (context) => readBrowsers(ask(context), context),
    'bedrock-agentcore:code-interpreters': (context) => readCodeInterpreters(ask(context), context),
    'bedrock-agentcore:policy-engines': (context) => readPolicyEngines(ask(context), context),
    async 'bedrock-agentcore:workload-identities'(context) {
      const found = await ask(context).all(
        'ListWorkloadIdentities',
        (client, options) => paginateListWorkloadIdentities({client, pageSize: 20}, {}, options),
        (page) => page.workloadIdentities,
      )
      return found.map(({name, workloadIdentityArn}) => ({name: name ?? '', arn: workloadIdentityArn ?? ''}))
    },
    'bedrock-agentcore:credential-providers': (context) => readProviders(ask(context)),
    async 'bedrock-agentcore:token-vault'(context) {
      const found = await ask(context).one('GetTokenVault', (client, options) =>
        client.send(new GetTokenVaultCommand({}), options),
      )
      return {
        id: found.tokenVaultId ?? '',
        keyType: found.kmsConfiguration?.keyType ?? '',
        kmsKeyArn: found.kmsConfiguration?.kmsKeyArn ?? null,
      }
    },
  }
}

async function readMemories(control: Control, context: ReadContext): Promise<ReadValues['bedrock-agentcore:memories']> {
  const found = await control.all(
    'ListMemories',
    (client, options) => paginateListMemories({client, pageSize: PAGE}, {}, options),
    (page) => page.memories,
  )
  return mapBounded(found, async ({id: memoryId = '', arn = '', status = '', updatedAt}) => {
    const memory = await context.part('bedrock-agentcore:GetMemory', async () => {
      const answer = await control.one('GetMemory', (client, options) =>
        client.send(new GetMemoryCommand({memoryId}), options),
      )
      return {
        name: answer.memory?.name ?? null,
        kmsKeyArn: answer.memory?.encryptionKeyArn ?? null,
        roleArn: answer.memory?.memoryExecutionRoleArn ?? null,
        eventExpiryDays: answer.memory?.eventExpiryDuration ?? null,
        strategies: answer.memory?.strategies?.length ?? 0,
      }
    })
    const name = memory.status === 'read' ? memory.value.name : null
    return {id: memoryId, arn, name, status, updatedAt: moment(updatedAt), detail: memory}
  })
}

function toNetwork(
  network: {readonly networkMode?: string | undefined; readonly vpcConfig?: VpcConfig | undefined} | undefined,
) {
  return network
    ? {
        mode: network.networkMode ?? '',
        subnetIds: network.vpcConfig?.subnets ?? [],
        securityGroupIds: network.vpcConfig?.securityGroups ?? [],
      }
    : null
}

const typeOf = (arn: string) => (OF_AWS.test(arn) ? 'SYSTEM' : 'CUSTOM')

async function readBrowsers(control: Control, context: ReadContext): Promise<ReadValues['bedrock-agentcore:browsers']> {
  const found = await control.all(
    'ListBrowsers',
    (client, options) => paginateListBrowsers({client, pageSize: PAGE}, {}, options),
    (page) => page.browserSummaries,
  )
  return mapBounded(found, async ({browserId = '', browserArn: arn = '', name, status, lastUpdatedAt}) => ({
    id: browserId,
    arn,
    name: name ?? null,
    status: status ?? '',
    updatedAt: moment(lastUpdatedAt),
    type: typeOf(arn),
    detail: await context.part('bedrock-agentcore:GetBrowser', async () => {
      const answer = await control.one('GetBrowser', (client, options) =>
        client.send(new GetBrowserCommand({browserId}), options),
      )
      return {
        roleArn: answer.executionRoleArn ?? null,
        network: toNetwork(answer.networkConfiguration),
        recording: answer.recording?.enabled ?? null,
        recordingBucket: answer.recording?.s3Location?.bucket ?? null,
      }
    }),
  }))
}

async function readCodeInterpreters(
  control: Control,
  context: ReadContext,
): Promise<ReadValues['bedrock-agentcore:code-interpreters']> {
  const found = await control.all(
    'ListCodeInterpreters',
    (client, options) => paginateListCodeInterpreters({client, pageSize: PAGE}, {}, options),
    (page) => page.codeInterpreterSummaries,
  )
  return mapBounded(found, async (one) => {
    const {codeInterpreterId = '', codeInterpreterArn: arn = '', name, status, lastUpdatedAt} = one
    return {
      id: codeInterpreterId,
      arn,
      name: name ?? null,
      status: status ?? '',
      updatedAt: moment(lastUpdatedAt),
      type: typeOf(arn),
      detail: await context.part('bedrock-agentcore:GetCodeInterpreter', async () => {
        const answer = await control.one('GetCodeInterpreter', (client, options) =>
          client.send(new GetCodeInterpreterCommand({codeInterpreterId}), options),
        )
        const network = toNetwork(answer.networkConfiguration)
        return {roleArn: answer.executionRoleArn ?? null, network, recording: null, recordingBucket: null}
      }),
    }
  })
}

async function readPolicyEngines(
  control: Control,
  context: ReadContext,
): Promise<ReadValues['bedrock-agentcore:policy-engines']> {
  const found = await control.all(
    'ListPolicyEngines',
    (client, options) => paginateListPolicyEngines({client, pageSize: PAGE}, {}, options),
    (page) => page.policyEngines,
  )
  return mapBounded(found, async ({policyEngineId = '', policyEngineArn = '', name = '', status = ''}) => ({
    id: policyEngineId,
    arn: policyEngineArn,
    name,
    status,
    detail: await context.part('bedrock-agentcore:GetPolicyEngine', async () => {
      const answer = await control.one('GetPolicyEngine', (client, options) =>
        client.send(new GetPolicyEngineCommand({policyEngineId}), options),
      )
      return {kmsKeyArn: answer.encryptionKeyArn ?? null}
    }),
  }))
}

async function readProviders(control: Control): Promise<ReadValues['bedrock-agentcore:credential-providers']> {
  const [oauth2, apiKeys] = await Promise.all([
    control.all(
      'ListOauth2CredentialProviders',
      (client, options) => paginateListOauth2CredentialProviders({client, pageSize: 20}, {}, options),
      (page) => page.credentialProviders,
    ),
    control.all(
      'ListApiKeyCredentialProviders',
      (client, options) => paginateListApiKeyCredentialProviders({client, pageSize: 20}, {}, options),
      (page) => page.credentialProviders,
    ),
  ])
  return [
    ...oauth2.map((one) => ({
      name: one.name ?? '',
      arn: one.credentialProviderArn ?? '',
      kind: 'oauth2' as const,
      vendor: one.credentialProviderVendor ?? null,
    })),
    ...apiKeys.map((one) => ({
      name: one.name ?? '',
      arn: one.credentialProviderArn ?? '',
      kind: 'api-key' as const,
      vendor: null,
    })),
  ]
}
