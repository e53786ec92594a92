import type {Catalog} from '../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {collectOffers} from '../../../src/lib/models/offers/collect-offers.js'
import {readRoutes} from '../../../src/lib/models/routes/read-routes.js'
import {readEndpointFacts} from '../../../src/lib/routing/endpoints.js'
import type {RouteReading} from '../../../src/lib/routing/ports.js'
import type {RoutesTraceResult} from '../../../src/lib/routing/routes-trace.schema.js'
import {type TraceRoutesInput, traceRoutes} from '../../../src/lib/routing/trace-routes.js'

/** What an offline run reads: the bundled catalog alone. */
export async function readBundledRoutes(regions: readonly string[], catalog?: Catalog): Promise<RouteReading> {
  const facts = catalog ?? (await openCatalog())
  return readRoutes(regions, {
    catalog: facts,
    session: undefined,
    readOffers: (names) =>
      collectOffers(
        {regions: names, maxAgeMs: undefined},
        {catalog: facts, source: undefined, cache: {get: () => undefined}},
      ),
    simulated: () => false,
  })
}

/** The sheet of an offline run. */
export async function traceOffline(
  model: string,
  from: string,
  options: Partial<Pick<TraceRoutesInput, 'residency' | 'via'>> = {},
): Promise<RoutesTraceResult> {
  return traceRoutes(
    {model, from, residency: undefined, via: undefined, ...options},
    {
      reading: await readBundledRoutes([from]),
      endpoints: readEndpointFacts(),
      session: undefined,
      now: () => new Date('2026-11-21T00:00:00Z'),
    },
  )
}
