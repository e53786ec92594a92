import type {ResolvedCall} from '../workload/resolve-call.js'

/** Where prompts of this call are processed. */
export function routeResidency({profileId, region, route}: ResolvedCall): string {
  switch (route) {
    case 'in-region':
      return region
    case 'geo':
      return `Regions of ${profileId ?? 'the geographic profile'}`
    case 'global':
      return 'any commercial Region'
    case 'mantle':
      return `${region}, endpoint bedrock-mantle`
  }
}
