import {expect, onTestFinished, test, vi} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'
import {type Reply, startScriptedServer} from '../../support/scripted-server.js'

const ROLE = 'arn:aws:iam::111122223333:role/app'
const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/m'

/** The simulator of a session whose calls are answered by `reply`. */
async function simulatorAnswering(reply: Reply) {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  const server = await startScriptedServer(() => reply)
  const session = openAwsSession({
    endpointUrl: server.url,
    region: 'us-east-1',
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'},
  })
  onTestFinished(() => {
    session.close()
    vi.unstubAllEnvs()
  })
  return {simulator: await session.policySimulator(), server}
}

const xml = (inner: string): Reply => ({
  headers: {'content-type': 'text/xml'},
  body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${inner}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
})
const QUESTION = {principalArn: ROLE, action: 'bedrock:InvokeModel', resource: MODEL, context: []}

test('asks about one action on one resource with its context', async () => {
  const {simulator, server} = await simulatorAnswering(xml(''))
  const context = [
    {key: 'aws:requestedregion', values: ['us-east-1']},
    {key: 'aws:tagkeys', values: ['a', 'b']},
  ]

  await simulator.simulate({...QUESTION, context})
  const sent = new URLSearchParams(server.seen[0]?.body)

  expect(Object.fromEntries(sent)).toMatchObject({
    Action: 'SimulatePrincipalPolicy',
    PolicySourceArn: ROLE,
    'ActionNames.member.1': 'bedrock:InvokeModel',
    'ResourceArns.member.1': MODEL,
    'ContextEntries.member.1.ContextKeyName': 'aws:requestedregion',
    'ContextEntries.member.1.ContextKeyType': 'string',
    'ContextEntries.member.2.ContextKeyType': 'stringList',
    'ContextEntries.member.2.ContextKeyValues.member.2': 'b',
  })
})

test.each([
  [
    '<member><EvalActionName>x</EvalActionName><EvalDecision>allowed</EvalDecision></member>',
    {decision: 'allowed', allowedByOrganizations: null},
  ],
  [
    '<member><EvalActionName>x</EvalActionName><EvalDecision>implicitDeny</EvalDecision><OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail></member>',
    {decision: 'implicitDeny', allowedByOrganizations: false},
  ],
  ['', {decision: null, allowedByOrganizations: null}],
])('%s', async (inner, expected) => {
  const {simulator} = await simulatorAnswering(xml(inner))

  expect(await simulator.simulate(QUESTION)).toEqual(expected)
})

test('a refusal names the action', async () => {
  const body =
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>'
  const {simulator} = await simulatorAnswering({status: 403, headers: {'content-type': 'text/xml'}, body})

  await expect(simulator.simulate(QUESTION)).rejects.toMatchObject({
    code: 'ACCESS_DENIED',
    action: 'iam:SimulatePrincipalPolicy',
  })
})
