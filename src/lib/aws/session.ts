import type {IdentitySource, RegionOptInSource} from '../account/ports.js'
import type {AccessSource} from '../models/access-ports.js'
import type {OfferSource} from '../models/offer.js'
import type {ReferenceSource} from '../models/reference-ports.js'

/** One caller's door to AWS: adapters are built on first use, clients once per (service, Region). */
export interface AwsSession {
  offers(): Promise<OfferSource>
  access(): Promise<AccessSource>
  references(): Promise<ReferenceSource>
  identity(): Promise<IdentitySource>
  regionOptIns(): Promise<RegionOptInSource>
  /** The Region of the profile or environment; `undefined` when none is configured. */
  defaultRegion(): Promise<string | undefined>
  /** True once a sandbox has answered, whichever way the endpoint was set. */
  readonly simulated: boolean
  close(): void
}
