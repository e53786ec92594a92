import {
  type Account,
  DescribeEffectivePolicyCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  type EffectivePolicyType,
  OrganizationsClient,
  type PolicyType,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListPolicies,
  paginateListRoots,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadItem, ReadValues} from '../../account/snapshot.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

type Organizations = Asking<OrganizationsClient>
type Node = ReadItem<'organizations:tree'>

/** Policies that grant or limit, and the declarative ones of Bedrock and of AI services. */
const POLICY_TYPES = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'BEDROCK_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
] as const
const EFFECTIVE_TYPES = ['AISERVICES_OPT_OUT_POLICY', 'BEDROCK_POLICY'] as const

export function organizationReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'organizations',
    prefix: 'organizations',
    build: (config) => new OrganizationsClient(config),
  })
  return {
    'organizations:organization': (context) => insteadOfNone(readOrganization(ask(context)), null),
    'organizations:tree': (context) => insteadOfNone(readTree(ask(context)), []),
    'organizations:policies': (context) => insteadOfNone(readPolicies(ask(context), context), []),
    'organizations:effective-policies': (context) => readEffective(ask(context), context),
  }
}

/** An account that belongs to no organisation is refused with an error of its own. */
async function insteadOfNone<Value>(asked: Promise<Value>, none: Value): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    const cause = error instanceof BedrockctlError ? error.cause : undefined
    if (cause instanceof Error && cause.name === 'AWSOrganizationsNotInUseException') return none
    throw error
  }
}

async function readOrganization(organizations: Organizations): Promise<ReadValues['organizations:organization']> {
  const {Organization: found} = await organizations.one('DescribeOrganization', (client, options) =>
    client.send(new DescribeOrganizationCommand({}), options),
  )
  return found
    ? {
        id: found.Id ?? '',
        arn: found.Arn ?? '',
        featureSet: found.FeatureSet ?? '',
        managementAccount: found.MasterAccountId ?? '',
      }
    : null
}

async function readTree(organizations: Organizations): Promise<readonly Node[]> {
  const roots = await organizations.all(
    'ListRoots',
    (client, options) => paginateListRoots({client}, {}, options),
    (page) => page.Roots,
  )
  const below = await mapBounded(roots, ({Id = ''}) => readBelow(Id, organizations))
  const tops = roots.map(
    (root): Node => ({
      id: root.Id ?? '',
      arn: root.Arn ?? '',
      kind: 'root',
      name: root.Name ?? '',
      parentId: null,
      status: null,
      policyTypes: (root.PolicyTypes ?? []).flatMap(({Type, Status}) => (Status === 'ENABLED' && Type ? [Type] : [])),
    }),
  )
  return [...tops, ...below.flat()]
}

/** Units nest five deep at most; a tree that says otherwise is read no deeper. */
const DEEPEST = 6

async function readBelow(ParentId: string, organizations: Organizations, depth = 1): Promise<readonly Node[]> {
  const [units, accounts] = await Promise.all([
    organizations.all(
      'ListOrganizationalUnitsForParent',
      (client, options) => paginateListOrganizationalUnitsForParent({client}, {ParentId}, options),
      (page) => page.OrganizationalUnits,
    ),
    organizations.all(
      'ListAccountsForParent',
      (client, options) => paginateListAccountsForParent({client}, {ParentId}, options),
      (page) => page.Accounts,
    ),
  ])
  const node = (kind: Node['kind'], one: Pick<Account, 'Arn' | 'Id' | 'Name'>, status: string | null): Node => ({
    id: one.Id ?? '',
    arn: one.Arn ?? '',
    kind,
    name: one.Name ?? '',
    parentId: ParentId,
    status,
    policyTypes: [],
  })
  const below = depth >= DEEPEST ? [] : await mapBounded(units, ({Id = ''}) => readBelow(Id, organizations, depth + 1))
  return [
    ...accounts.map((account) => node('account', account, account.Status ?? null)),
    ...units.flatMap((unit, index) => [node('unit', unit, null), ...(below[index] ?? [])]),
  ]
}

async function readPolicies(
  organizations: Organizations,
  context: ReadContext,
): Promise<ReadValues['organizations:policies']> {
  const lists = await Promise.all(
    POLICY_TYPES.map((type) =>
      organizations.all(
        'ListPolicies',
        // A client older than a policy type knows its name as a text only.
        (client, options) => paginateListPolicies({client}, {Filter: type as PolicyType}, options),
        (page) => page.Policies,
      ),
    ),
  )
  return mapBounded(lists.flat(), async ({Id: PolicyId = '', Arn, Name, Type, AwsManaged}) => {
    const [content, targets] = await Promise.all([
      context.part('organizations:DescribePolicy', async () => {
        const answer = await organizations.one('DescribePolicy', (client, options) =>
          client.send(new DescribePolicyCommand({PolicyId}), options),
        )
        return answer.Policy?.Content ?? ''
      }),
      context.part('organizations:ListTargetsForPolicy', async () => {
        const found = await organizations.all(
          'ListTargetsForPolicy',
          (client, options) => paginateListTargetsForPolicy({client}, {PolicyId}, options),
          (page) => page.Targets,
        )
        return found.flatMap(({TargetId}) => TargetId ?? [])
      }),
    ])
    return {
      id: PolicyId,
      arn: Arn ?? '',
      name: Name ?? '',
      type: Type ?? '',
      awsManaged: AwsManaged === true,
      content,
      targets,
    }
  })
}

function readEffective(
  organizations: Organizations,
  context: ReadContext,
): Promise<ReadValues['organizations:effective-policies']> {
  return mapBounded(EFFECTIVE_TYPES, async (type) => ({
    type,
    answer: await context.part('organizations:DescribeEffectivePolicy', () => {
      const asked = organizations.one('DescribeEffectivePolicy', async (client, options) => {
        const input = {PolicyType: type as EffectivePolicyType}
        const {EffectivePolicy: found} = await client.send(new DescribeEffectivePolicyCommand(input), options)
        return found ? {content: found.PolicyContent ?? '', updatedAt: moment(found.LastUpdatedTimestamp)} : null
      })
      return insteadOfNone(absentAs(asked, null), null)
    }),
  }))
}
