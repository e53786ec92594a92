import {
  CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs'
import type {Readers} from '../../account/ports/readers.js'
import type {Wire} from '../wire.js'
import {asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

export function logReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'logs', prefix: 'logs', build: (config) => new CloudWatchLogsClient(config)})
  return {
    async 'logs:log-groups'(context, names) {
      const logs = ask(context)
      const found = await mapBounded(names, (logGroupNamePrefix) =>
        logs.all(
          'DescribeLogGroups',
          (client, options) => paginateDescribeLogGroups({client, pageSize: 50}, {logGroupNamePrefix}, options),
          (page) => page.logGroups?.filter(({logGroupName}) => logGroupName === logGroupNamePrefix),
        ),
      )
      return found.flat().map((group) => ({
        name: group.logGroupName ?? '',
        arn: group.logGroupArn ?? group.arn?.replace(/:\*$/, '') ?? '',
        retentionDays: group.retentionInDays ?? null,
        kmsKeyArn: group.kmsKeyId ?? null,
        class: group.logGroupClass ?? null,
        storedBytes: group.storedBytes ?? null,
        dataProtection: group.dataProtectionStatus ?? null,
        createdAt: moment(group.creationTime),
      }))
    },
    async 'logs:resource-policies'(context) {
      const found = await ask(context).all(
        'DescribeResourcePolicies',
        (client, options) => policyPages(client, options.abortSignal),
        (page) => page.resourcePolicies,
      )
      return found.map(({policyName, policyDocument}) => ({name: policyName ?? '', document: policyDocument ?? null}))
    },
  }
}

async function* policyPages(client: CloudWatchLogsClient, abortSignal: AbortSignal) {
  let nextToken: string | undefined
  do {
    const page = await client.send(
      new DescribeResourcePoliciesCommand({limit: 50, ...(nextToken === undefined ? {} : {nextToken})}),
      {abortSignal},
    )
    nextToken = page.nextToken
    yield page
  } while (nextToken !== undefined)
}
