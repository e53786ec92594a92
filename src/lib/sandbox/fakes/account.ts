import type * as Account from '@aws-sdk/client-account'
import {AccessDeniedException, ConflictException, ValidationException} from '@aws-sdk/client-account'
import type {CatalogRegion} from '../../catalog/catalog.schema.js'
import {handlersFor, type RequestContext} from '../handler.js'
import {optStatus, regionsOf} from '../world/opt-in.js'
import type {AccountState} from '../world/state.js'
import {pageOf} from './page.js'

// AWS says minutes to hours; on the sandbox's clock it is this long.
const OPT_IN_TAKES_MS = 30_000

export default handlersFor<typeof Account>()({
  ListRegions({AccountId, MaxResults = 50, NextToken, RegionOptStatusContains: wanted}, context) {
    const account = ownAccount(AccountId, context)
    const all = regionsOf(context.world.catalog, account)
      .map((region) => ({RegionName: region.name, RegionOptStatus: optStatus(account, region, context.now())}))
      .filter(({RegionOptStatus}) => !wanted || wanted.length === 0 || wanted.includes(RegionOptStatus))
    const page = pageOf(all, {token: NextToken, size: MaxResults, scope: `regions:${wanted?.join() ?? ''}`})
    if (!page) throw invalid('The provided NextToken is invalid.')
    return {Regions: page.items, NextToken: page.next}
  },

  GetRegionOptStatus({AccountId, RegionName}, context) {
    const account = ownAccount(AccountId, context)
    const region = knownRegion(RegionName, account, context)
    return {RegionName, RegionOptStatus: optStatus(account, region, context.now())}
  },

  EnableRegion({AccountId, RegionName}, context) {
    change(ownAccount(AccountId, context), RegionName, 'enabled', context)
    return {}
  },

  DisableRegion({AccountId, RegionName}, context) {
    change(ownAccount(AccountId, context), RegionName, 'disabled', context)
    return {}
  },

  GetAccountInformation({AccountId}, context) {
    const {id, name, createdAt} = ownAccount(AccountId, context)
    return {AccountId: id, AccountName: name, AccountCreatedDate: new Date(createdAt), AccountState: 'ACTIVE'}
  },
})

function invalid(message: string): ValidationException {
  return new ValidationException({message, $metadata: {}})
}

/** The caller's account; asking for another one takes an organisation's management rights, which nobody has here. */
function ownAccount(asked: string | undefined, {world, account}: RequestContext): AccountState {
  if (asked === undefined) return world.account(account)
  if (asked === account) throw invalid('AccountId must be left out for the account of the caller.')
  throw new AccessDeniedException({message: 'User does not have access to the requested account.', $metadata: {}})
}

function knownRegion(name: string, account: AccountState, {world}: RequestContext): CatalogRegion {
  const region = regionsOf(world.catalog, account).find((one) => one.name === name)
  if (!region) throw invalid(`The Region ${name} is not valid.`)
  return region
}

function change(account: AccountState, name: string, to: 'enabled' | 'disabled', context: RequestContext): void {
  const region = knownRegion(name, account, context)
  const status = optStatus(account, region, context.now())
  if (status === 'ENABLED_BY_DEFAULT') throw invalid(`The Region ${name} is enabled by default and cannot be changed.`)
  if (status === 'ENABLING' || status === 'DISABLING') {
    const message = `The Region ${name} is being changed: ${status}.`
    throw new ConflictException({message, $metadata: {}})
  }
  if (status === (to === 'enabled' ? 'ENABLED' : 'DISABLED')) return
  account.regionChanges.set(name, {to, completesAt: context.now() + OPT_IN_TAKES_MS})
}
