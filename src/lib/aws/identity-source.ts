import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import type {IdentitySource} from '../account/ports.js'
import type {Wire} from './wire.js'

/** `homeRegion` is the session's: a regional STS endpoint answers for any Region's caller of the partition. */
export function createIdentitySource(wire: Wire, homeRegion: () => Promise<string>): IdentitySource {
  return {
    async whoAmI(signal) {
      const region = await homeRegion()
      const client = wire.client('sts', region, (config) => new STSClient(config))
      const answer = await wire.call('sts', {action: 'sts:GetCallerIdentity', region}, signal, (abortSignal) =>
        client.send(new GetCallerIdentityCommand({}), {abortSignal}),
      )
      return {account: answer.Account ?? '', arn: answer.Arn ?? '', userId: answer.UserId ?? ''}
    },
  }
}
