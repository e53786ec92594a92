import {expect, test} from 'vitest'
import agentcore from '../../../../src/lib/sandbox/fakes/agentcore.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const roleArn = 'arn:aws:iam::111122223333:role/service'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1'

const {context} = aWorld({
  regions: {
    'us-east-1': {
      agentRuntimes: [
        {
          id: 'desk-a1b2c3d4e5',
          name: 'desk',
          roleArn,
          network: {networkMode: 'PUBLIC'},
          createdOn: '-9d',
          tags: {team: 'desk'},
        },
      ],
      gateways: [
        {
          id: 'tools-a1b2c3d4e5',
          name: 'tools',
          roleArn,
          authorizerType: 'NONE',
          debug: true,
          createdOn: '-9d',
          targets: [{id: 'TARGET0001', name: 't', configuration: {mcp: {lambda: {}}}, createdOn: '-9d'}],
          resourcePolicy: {Version: '2012-10-17', Statement: []},
        },
      ],
      memories: [{id: 'memory-a1b2c3d4e5', name: 'memory', kmsKeyArn: KEY, createdOn: '-9d'}],
      policyEngines: [{id: 'engine-a1b2c3d4e5', name: 'engine', createdOn: '-9d'}],
      workloadIdentities: [{name: 'desk', createdOn: '-9d'}],
      credentialProviders: [
        {
          name: 'login',
          vendor: 'CustomOauth2',
          config: {customOauth2ProviderConfig: {clientId: 'desk'}},
          createdOn: '-9d',
        },
        {name: 'tickets', createdOn: '-9d'},
      ],
      browsers: [
        {
          id: 'mine-a1b2c3d4e5',
          name: 'mine',
          network: {networkMode: 'VPC'},
          recording: {enabled: true},
          createdOn: '-9d',
        },
      ],
    },
  },
})
const here = context()

test('a runtime tells its network mode, and has the endpoint DEFAULT', async () => {
  const agentRuntimeId = 'desk-a1b2c3d4e5'
  const runtime = await ask(agentcore, 'GetAgentRuntime', {agentRuntimeId}, here)
  const {runtimeEndpoints} = await ask(agentcore, 'ListAgentRuntimeEndpoints', {agentRuntimeId}, here)

  expect(runtime).toMatchObject({networkConfiguration: {networkMode: 'PUBLIC'}, roleArn, status: 'READY'})
  expect(runtime).not.toHaveProperty('authorizerConfiguration')
  expect(runtimeEndpoints?.map(({name, liveVersion}) => [name, liveVersion])).toEqual([['DEFAULT', '1']])
})

test('a gateway tells who may call it, and its targets their credentials', async () => {
  const gatewayIdentifier = 'tools-a1b2c3d4e5'
  const gateway = await ask(agentcore, 'GetGateway', {gatewayIdentifier}, here)
  const target = await ask(agentcore, 'GetGatewayTarget', {gatewayIdentifier, targetId: 'TARGET0001'}, here)
  const {policy} = await ask(agentcore, 'GetResourcePolicy', {resourceArn: gateway.gatewayArn ?? ''}, here)

  expect(gateway).toMatchObject({authorizerType: 'NONE', exceptionLevel: 'DEBUG'})
  expect(gateway).not.toHaveProperty('kmsKeyArn')
  expect(target.credentialProviderConfigurations).toEqual([{credentialProviderType: 'GATEWAY_IAM_ROLE'}])
  expect(policy).toBe('{"Version":"2012-10-17","Statement":[]}')
})

test('memories and policy engines tell their keys', async () => {
  const {memory} = await ask(agentcore, 'GetMemory', {memoryId: 'memory-a1b2c3d4e5'}, here)
  const engine = await ask(agentcore, 'GetPolicyEngine', {policyEngineId: 'engine-a1b2c3d4e5'}, here)
  const vault = await ask(agentcore, 'GetTokenVault', {}, here)

  expect(memory?.encryptionKeyArn).toBe(KEY)
  expect(engine).not.toHaveProperty('encryptionKeyArn')
  expect(vault.kmsConfiguration).toEqual({keyType: 'ServiceManagedKey'})
})

test('credential providers tell where the secret is kept, never what it is', async () => {
  const oauth2 = await ask(agentcore, 'ListOauth2CredentialProviders', {}, here)
  const keys = await ask(agentcore, 'ListApiKeyCredentialProviders', {}, here)
  const login = await ask(agentcore, 'GetOauth2CredentialProvider', {name: 'login'}, here)
  const tickets = await ask(agentcore, 'GetApiKeyCredentialProvider', {name: 'tickets'}, here)

  expect(oauth2.credentialProviders?.map(({name}) => name)).toEqual(['login'])
  expect(keys.credentialProviders?.map(({name}) => name)).toEqual(['tickets'])
  expect(login.clientSecretArn?.secretArn).toMatch(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:/)
  expect(Object.keys(tickets)).toEqual([
    'name',
    'credentialProviderArn',
    'createdTime',
    'lastUpdatedTime',
    'apiKeySecretArn',
  ])
})

test('the tools of AWS are there beside one’s own', async () => {
  const ids = async (type?: 'SYSTEM' | 'CUSTOM') =>
    (await ask(agentcore, 'ListBrowsers', {type}, here)).browserSummaries?.map(({browserId}) => browserId)

  expect(await ids()).toEqual(['aws.browser.v1', 'mine-a1b2c3d4e5'])
  expect(await ids('SYSTEM')).toEqual(['aws.browser.v1'])
  expect(await ids('CUSTOM')).toEqual(['mine-a1b2c3d4e5'])
  const own = await ask(agentcore, 'GetBrowser', {browserId: 'mine-a1b2c3d4e5'}, here)
  const system = await ask(agentcore, 'GetCodeInterpreter', {codeInterpreterId: 'aws.codeinterpreter.v1'}, here)
  expect(own).toMatchObject({networkConfiguration: {networkMode: 'VPC'}, recording: {enabled: true}})
  expect(system.codeInterpreterArn).toBe(
    'arn:aws:bedrock-agentcore:us-east-1:aws:code-interpreter/aws.codeinterpreter.v1',
  )
})

test('tags are those of the scenario', async () => {
  const resourceArn = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/desk-a1b2c3d4e5'

  expect(await ask(agentcore, 'ListTagsForResource', {resourceArn}, here)).toEqual({tags: {team: 'desk'}})
})

test.each([
  ['GetAgentRuntime', {agentRuntimeId: 'nothing'}],
  ['GetAgentRuntime', {agentRuntimeId: 'desk-a1b2c3d4e5', agentRuntimeVersion: '9'}],
  ['GetGateway', {gatewayIdentifier: 'nothing'}],
  ['GetMemory', {memoryId: 'nothing'}],
  ['GetBrowser', {browserId: 'nothing'}],
  ['GetTokenVault', {tokenVaultId: 'nothing'}],
  ['GetWorkloadIdentity', {name: 'nothing'}],
  ['GetOauth2CredentialProvider', {name: 'tickets'}],
] as const)('%s of %j is refused', async (operation, input) => {
  await expect(ask(agentcore, operation, input as never, here)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})
