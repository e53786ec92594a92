import type {Catalog} from '../catalog/catalog.js'

/** Services of Bedrock that the catalog lists Region by Region. */
const LISTED = ['bedrock', 'bedrock-agent', 'bedrock-mantle']

/** Whether a service is known to have an endpoint in a Region; undefined for services that the catalog says nothing of. */
export async function offeredServices(
  catalog: Catalog,
): Promise<(service: string, region: string) => boolean | undefined> {
  const features = await catalog.features()
  const agentcore = new Set(features.filter(({id}) => id.startsWith('agentcore-')).flatMap(({offered}) => offered))
  return (service, region) => {
    if (service === 'bedrock-agentcore') return agentcore.has(region)
    return LISTED.includes(service) ? catalog.region(region)?.endpoints.some((name) => name === service) : undefined
  }
}
