import {expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

test('the log of a Region names its role and where large bodies go', async () => {
  const cloudWatch = {logGroupName: '/bedrock', roleName: 'writer', largeData: {bucketName: 'large', keyPrefix: 'data'}}
  const {context} = aWorld({regions: {'us-east-1': {logging: {cloudWatch}}}})

  const {loggingConfig} = await ask(bedrock, 'GetModelInvocationLoggingConfiguration', {}, context())
  const elsewhere = await ask(bedrock, 'GetModelInvocationLoggingConfiguration', {}, context({region: 'eu-west-1'}))

  expect(loggingConfig?.cloudWatchConfig).toEqual({
    logGroupName: '/bedrock',
    roleArn: 'arn:aws:iam::111122223333:role/writer',
    largeDataDeliveryS3Config: {bucketName: 'large', keyPrefix: 'data'},
  })
  expect(elsewhere.loggingConfig).toBeUndefined()
})
