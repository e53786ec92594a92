/** Permissions that together let somebody act as a role; all on one principal, whichever policies they stand in. */
export interface Recipe {
  readonly name: string
  readonly text: string
  /** Service that takes the passed role on; absent where no role is passed. */
  readonly passTo?: string
  /** All of these. */
  readonly all: readonly string[]
  /** And one of these. */
  readonly any?: readonly string[]
}

const AGENTCORE = 'bedrock-agentcore.amazonaws.com'
const RUN_COMMAND = ['bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell']
const RUN_RUNTIME = [
  ...RUN_COMMAND,
  'bedrock-agentcore:InvokeAgentRuntime',
  'bedrock-agentcore:InvokeAgentRuntimeForUser',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
]
const DRIVE_BROWSER = [
  'bedrock-agentcore:ConnectBrowserAutomationStream',
  'bedrock-agentcore:ConnectBrowserLiveViewStream',
]

/**
 * What runs in AgentCore finds the credentials of its role in the metadata service of its machine (AgentCore Developer
 * Guide, security-credentials-management), so whoever runs code there acts as the role.
 */
export const AGENTCORE_RECIPES: readonly Recipe[] = [
  {
    name: 'new code interpreter',
    text: 'make a code interpreter with a role of its choice and run code in it',
    passTo: AGENTCORE,
    all: ['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:InvokeCodeInterpreter'],
  },
  {
    name: 'new runtime',
    text: 'make a runtime with a role of its choice and run code in it',
    passTo: AGENTCORE,
    all: ['bedrock-agentcore:CreateAgentRuntime'],
    any: RUN_RUNTIME,
  },
  {
    name: 'changed runtime',
    text: 'give a runtime a role of its choice and run code in it',
    passTo: AGENTCORE,
    all: ['bedrock-agentcore:UpdateAgentRuntime'],
    any: RUN_RUNTIME,
  },
  {
    name: 'new harness',
    text: 'make a harness with a role of its choice and run commands in it',
    passTo: AGENTCORE,
    all: ['bedrock-agentcore:CreateHarness'],
    any: ['bedrock-agentcore:InvokeHarness', ...RUN_COMMAND],
  },
  {
    name: 'changed harness',
    text: 'give a harness a role of its choice and run commands in it',
    passTo: AGENTCORE,
    all: ['bedrock-agentcore:UpdateHarness'],
    any: ['bedrock-agentcore:InvokeHarness', ...RUN_COMMAND],
  },
  {
    name: 'new browser',
    text: 'make a browser with a role of its choice and drive it to the credentials of the role',
    passTo: AGENTCORE,
    all: ['bedrock-agentcore:CreateBrowser', 'bedrock-agentcore:StartBrowserSession'],
    any: DRIVE_BROWSER,
  },
]

const oneAction = (action: string, text: string): Recipe => ({name: action, text, all: [action]})
const withRole = (passTo: string, actions: readonly string[], text: string): Recipe => ({
  name: `iam:PassRole + ${actions.join(' + ')}`,
  text,
  passTo,
  all: actions,
})

/** The known ways through IAM itself and through other compute. */
export const GENERAL_RECIPES: readonly Recipe[] = [
  oneAction('iam:CreatePolicyVersion', 'rewrite a policy'),
  oneAction('iam:SetDefaultPolicyVersion', 'bring an older policy back'),
  oneAction('iam:AttachUserPolicy', 'give users any policy'),
  oneAction('iam:AttachGroupPolicy', 'give groups any policy'),
  oneAction('iam:AttachRolePolicy', 'give roles any policy'),
  oneAction('iam:PutUserPolicy', 'write policies of users'),
  oneAction('iam:PutGroupPolicy', 'write policies of groups'),
  oneAction('iam:PutRolePolicy', 'write policies of roles'),
  oneAction('iam:AddUserToGroup', 'join any group'),
  oneAction('iam:CreateAccessKey', 'make access keys of others'),
  oneAction('iam:CreateLoginProfile', 'set passwords of others'),
  oneAction('iam:UpdateLoginProfile', 'change passwords of others'),
  oneAction('iam:UpdateAssumeRolePolicy', 'decide who takes a role on'),
  oneAction('iam:DeleteUserPermissionsBoundary', 'take boundaries away'),
  oneAction('iam:DeleteRolePermissionsBoundary', 'take boundaries away'),
  withRole('lambda.amazonaws.com', ['lambda:CreateFunction', 'lambda:InvokeFunction'], 'run a function under any role'),
  withRole('ec2.amazonaws.com', ['ec2:RunInstances'], 'start an instance under any role'),
  withRole('cloudformation.amazonaws.com', ['cloudformation:CreateStack'], 'make resources under any role'),
  withRole('ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', 'ecs:RunTask'], 'run a task under any role'),
  withRole('glue.amazonaws.com', ['glue:CreateJob', 'glue:StartJobRun'], 'run a job under any role'),
  withRole('sagemaker.amazonaws.com', ['sagemaker:CreateNotebookInstance'], 'open a notebook under any role'),
  oneAction('lambda:UpdateFunctionCode', 'put code into functions of others'),
]

/** Compute that is there already, and what it takes to run something in it. */
export interface Reuse {
  readonly name: string
  readonly text: string
  readonly read: 'bedrock-agentcore:code-interpreters' | 'bedrock-agentcore:browsers' | 'bedrock-agentcore:runtimes'
  readonly all: readonly string[]
  readonly any: readonly string[]
}

export const AGENTCORE_REUSES: readonly Reuse[] = [
  {
    name: 'existing code interpreter',
    text: 'run code in code interpreter',
    read: 'bedrock-agentcore:code-interpreters',
    all: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    any: [],
  },
  {
    name: 'existing runtime',
    text: 'run commands in runtime',
    read: 'bedrock-agentcore:runtimes',
    all: [],
    any: RUN_COMMAND,
  },
  {
    name: 'existing browser',
    text: 'drive browser',
    read: 'bedrock-agentcore:browsers',
    all: ['bedrock-agentcore:StartBrowserSession'],
    any: DRIVE_BROWSER,
  },
]
