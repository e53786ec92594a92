import {describe, expect, test} from 'vitest'
import agent from '../../../../src/lib/sandbox/fakes/bedrock-agent.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const roleArn = 'arn:aws:iam::111122223333:role/service'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1'

const {context} = aWorld({
  regions: {
    'us-east-1': {
      agents: [
        {
          id: 'AGENT00001',
          name: 'desk',
          model: 'amazon.nova-test-v1:0',
          roleArn,
          kmsKeyArn: KEY,
          guardrail: {id: 'gr4il', version: '1'},
          createdOn: '2026-01-10',
          knowledgeBases: ['KB00000001'],
          actionGroups: [
            {id: 'GROUP00001', name: 'lookup', lambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:f'},
            {id: 'GROUP00002', name: 'ask-back'},
          ],
          versions: [{version: '1', createdOn: '2026-02-10'}],
          aliases: [{id: 'ALIAS00001', name: 'live', version: '1', createdOn: '2026-02-10'}],
          tags: {team: 'desk'},
        },
      ],
      knowledgeBases: [
        {
          id: 'KB00000001',
          name: 'articles',
          roleArn,
          configuration: {type: 'VECTOR', vectorKnowledgeBaseConfiguration: {embeddingModelArn: 'arn:x'}},
          createdOn: '2026-01-10',
          dataSources: [
            {
              id: 'DS00000001',
              name: 'documents',
              configuration: {type: 'S3', s3Configuration: {bucketArn: 'arn:aws:s3:::b'}},
              createdOn: '2026-01-10',
              ingestionJobs: [
                {id: 'JOB0000001', status: 'FAILED', startedOn: '-9d', failureReasons: ['no access']},
                {id: 'JOB0000002', status: 'COMPLETE', startedOn: '-2d'},
              ],
            },
          ],
        },
      ],
      flows: [
        {
          id: 'FLOW000001',
          name: 'triage',
          roleArn,
          definition: {nodes: []},
          createdOn: '-9d',
          versions: [{version: '1', createdOn: '-8d', definition: {nodes: [], connections: []}}],
        },
      ],
      prompts: [
        {
          id: 'PROMPT0001',
          name: 'summary',
          variants: [{name: 'v', templateType: 'TEXT'}],
          versions: [{version: '1', createdOn: '-3d'}],
          createdOn: '-9d',
        },
      ],
    },
  },
})
const here = context()
const agentId = 'AGENT00001'

describe('agents', () => {
  test('a version has its own guardrail or none, and role and key of the draft', async () => {
    const draft = await ask(agent, 'GetAgent', {agentId}, here)
    const {agentVersion} = await ask(agent, 'GetAgentVersion', {agentId, agentVersion: '1'}, here)

    expect(draft.agent).toMatchObject({
      agentVersion: 'DRAFT',
      guardrailConfiguration: {guardrailIdentifier: 'gr4il', guardrailVersion: '1'},
      customerEncryptionKeyArn: KEY,
    })
    expect(agentVersion).toMatchObject({version: '1', agentResourceRoleArn: roleArn, customerEncryptionKeyArn: KEY})
    expect(agentVersion).not.toHaveProperty('guardrailConfiguration')
  })

  test('have a test alias to the draft besides their own', async () => {
    const {agentAliasSummaries = []} = await ask(agent, 'ListAgentAliases', {agentId}, here)

    expect(
      agentAliasSummaries.map(({agentAliasId, routingConfiguration}) => [
        agentAliasId,
        routingConfiguration?.[0]?.agentVersion,
      ]),
    ).toEqual([
      ['TSTALIASID', 'DRAFT'],
      ['ALIAS00001', '1'],
    ])
  })

  test('an action group runs a function or gives control back', async () => {
    const executor = async (actionGroupId: string) => {
      const input = {agentId, agentVersion: 'DRAFT', actionGroupId}
      return (await ask(agent, 'GetAgentActionGroup', input, here)).agentActionGroup?.actionGroupExecutor
    }

    expect(await executor('GROUP00001')).toEqual({lambda: 'arn:aws:lambda:us-east-1:111122223333:function:f'})
    expect(await executor('GROUP00002')).toEqual({customControl: 'RETURN_CONTROL'})
  })
})

test('ingestion jobs come newest first, by status, and say why they failed', async () => {
  const source = {knowledgeBaseId: 'KB00000001', dataSourceId: 'DS00000001'}
  const ids = async (input: object) =>
    (await ask(agent, 'ListIngestionJobs', {...source, ...input}, here)).ingestionJobSummaries?.map(
      (job) => job.ingestionJobId,
    )

  expect(await ids({})).toEqual(['JOB0000002', 'JOB0000001'])
  expect(await ids({sortBy: {attribute: 'STARTED_AT', order: 'ASCENDING'}})).toEqual(['JOB0000001', 'JOB0000002'])
  expect(await ids({filters: [{attribute: 'STATUS', operator: 'EQ', values: ['FAILED']}]})).toEqual(['JOB0000001'])
  const {ingestionJob} = await ask(agent, 'GetIngestionJob', {...source, ingestionJobId: 'JOB0000001'}, here)
  expect(ingestionJob?.failureReasons).toEqual(['no access'])
})

test('a data source without a key of its own names none', async () => {
  const source = {knowledgeBaseId: 'KB00000001', dataSourceId: 'DS00000001'}

  const {dataSource} = await ask(agent, 'GetDataSource', source, here)

  expect(dataSource).not.toHaveProperty('serverSideEncryptionConfiguration')
})

test('flows list their numbered versions alone and have a test alias; a version may differ from the draft', async () => {
  const flowIdentifier = 'arn:aws:bedrock:us-east-1:111122223333:flow/FLOW000001'
  const {flowVersionSummaries} = await ask(agent, 'ListFlowVersions', {flowIdentifier}, here)
  const {flowAliasSummaries} = await ask(agent, 'ListFlowAliases', {flowIdentifier}, here)
  const version = await ask(agent, 'GetFlowVersion', {flowIdentifier, flowVersion: '1'}, here)

  expect(flowVersionSummaries?.map((one) => one.version)).toEqual(['1'])
  expect(flowAliasSummaries?.map(({id}) => id)).toEqual(['TSTALIASID'])
  expect(version.definition).toEqual({nodes: [], connections: []})
  expect((await ask(agent, 'GetFlow', {flowIdentifier}, here)).definition).toEqual({nodes: []})
})

test('prompts are listed by draft, and one of them by version', async () => {
  const versions = async (promptIdentifier?: string) =>
    (await ask(agent, 'ListPrompts', {promptIdentifier}, here)).promptSummaries?.map(({version}) => version)

  expect(await versions()).toEqual(['DRAFT'])
  expect(await versions('PROMPT0001')).toEqual(['DRAFT', '1'])
})

test('tags are those of the scenario', async () => {
  const resourceArn = 'arn:aws:bedrock:us-east-1:111122223333:agent/AGENT00001'

  expect(await ask(agent, 'ListTagsForResource', {resourceArn}, here)).toEqual({tags: {team: 'desk'}})
})

test.each([
  ['GetAgent', {agentId: 'N0THING001'}],
  ['GetAgentVersion', {agentId, agentVersion: '7'}],
  ['GetAgentAlias', {agentId, agentAliasId: 'N0THING001'}],
  ['GetAgentActionGroup', {agentId, agentVersion: 'DRAFT', actionGroupId: 'N0THING001'}],
  ['GetAgentKnowledgeBase', {agentId, agentVersion: 'DRAFT', knowledgeBaseId: 'N0THING001'}],
  ['GetKnowledgeBase', {knowledgeBaseId: 'N0THING001'}],
  ['ListDataSources', {knowledgeBaseId: 'N0THING001'}],
  ['GetFlow', {flowIdentifier: 'N0THING001'}],
  ['GetPrompt', {promptIdentifier: 'PROMPT0001', promptVersion: '9'}],
  ['GetResourcePolicy', {resourceArn: 'arn:aws:bedrock:us-east-1:111122223333:knowledge-base/KB00000001'}],
] as const)('%s of %j is refused', async (operation, input) => {
  await expect(ask(agent, operation, input as never, here)).rejects.toMatchObject({name: 'ResourceNotFoundException'})
})
