import type {GeneratedPolicy, GeneratedRole, IamGenerate} from './generate.schema.js'

type Format = IamGenerate['format']

/** Policies and roles as a text that a tool takes as it is. */
export function formatPolicies(
  format: Format,
  policies: readonly GeneratedPolicy[],
  roles: readonly GeneratedRole[],
): string {
  switch (format) {
    case 'json':
      return toJson(policies, roles)
    case 'terraform':
      return toTerraform(policies, roles)
    case 'cloudformation':
      return toCloudFormation(policies, roles)
  }
}

/** One policy alone is its document; several are told apart by name. */
function toJson(policies: readonly GeneratedPolicy[], roles: readonly GeneratedRole[]): string {
  const [only, ...more] = policies
  if (only !== undefined && more.length === 0 && roles.length === 0) return pretty(only.document)
  return pretty({
    policies: Object.fromEntries(policies.map(({name, document}) => [name, document])),
    ...(roles.length > 0 && {
      roles: Object.fromEntries(roles.map(({name, trust, policies: names}) => [name, {trust, policies: names}])),
    }),
  })
}

function toTerraform(policies: readonly GeneratedPolicy[], roles: readonly GeneratedRole[]): string {
  const blocks = [
    ...policies.map(({name, document, kind}) =>
      kind === 'managed'
        ? [
            `resource "aws_iam_policy" "${label(name)}" {`,
            `  name   = "${name}"`,
            `  policy = ${jsonencode(document)}`,
            '}',
          ]
        : [
            `resource "aws_iam_${kind.slice(0, 4)}_policy" "${label(name)}" {`,
            `  name   = "${name}"`,
            `  ${kind.slice(0, 4)}   = var.${kind.slice(0, 4)}_name`,
            `  policy = ${jsonencode(document)}`,
            '}',
            '',
            `variable "${kind.slice(0, 4)}_name" {`,
            '  type = string',
            '}',
          ],
    ),
    ...roles.flatMap(({name, trust, policies: names}) => [
      [
        `resource "aws_iam_role" "${label(name)}" {`,
        `  name               = "${name}"`,
        `  assume_role_policy = ${jsonencode(trust)}`,
        '}',
      ],
      ...names.map((policy) => [
        `resource "aws_iam_role_policy_attachment" "${label(policy)}" {`,
        `  role       = aws_iam_role.${label(name)}.name`,
        `  policy_arn = aws_iam_policy.${label(policy)}.arn`,
        '}',
      ]),
    ]),
  ]
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

/** HCL takes JSON as an expression, once its own templates are written as text. */
function jsonencode(document: object): string {
  const text = pretty(document).replaceAll('${', '$${').replaceAll('%{', '%%{')
  return `jsonencode(${text.replaceAll('\n', '\n  ')})`
}

function label(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .toLowerCase()
}

function toCloudFormation(policies: readonly GeneratedPolicy[], roles: readonly GeneratedRole[]): string {
  const users = policies.some(({kind}) => kind === 'user-inline')
  const rolesToo = policies.some(({kind}) => kind === 'role-inline')
  const parameters = {
    ...(users && {UserName: {Type: 'String'}}),
    ...(rolesToo && {RoleName: {Type: 'String'}}),
  }
  return pretty({
    AWSTemplateFormatVersion: '2010-09-09',
    ...(Object.keys(parameters).length > 0 && {Parameters: parameters}),
    Resources: Object.fromEntries([
      ...policies.map((policy) => [logicalId(policy.name), policyResource(policy)] as const),
      ...roles.map((role) => [logicalId(role.name), roleResource(role)] as const),
    ]),
  })
}

function policyResource({name, kind, document}: GeneratedPolicy): object {
  if (kind === 'managed') {
    return {Type: 'AWS::IAM::ManagedPolicy', Properties: {ManagedPolicyName: name, PolicyDocument: document}}
  }
  const holder = kind === 'user-inline' ? {Users: [{Ref: 'UserName'}]} : {Roles: [{Ref: 'RoleName'}]}
  return {Type: 'AWS::IAM::Policy', Properties: {PolicyName: name, PolicyDocument: document, ...holder}}
}

function roleResource({name, trust, policies}: GeneratedRole): object {
  const ManagedPolicyArns = policies.map((policy) => ({Ref: logicalId(policy)}))
  return {Type: 'AWS::IAM::Role', Properties: {RoleName: name, AssumeRolePolicyDocument: trust, ManagedPolicyArns}}
}

function logicalId(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '')
}

function pretty(value: object): string {
  return JSON.stringify(value, null, 2)
}
