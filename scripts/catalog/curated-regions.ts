import type {Geography} from '../../src/lib/catalog/catalog.schema.js'

/** Source and date of what this file says about endpoints. */
export const ENDPOINT_SOURCE = 'AWS user guide, endpoint availability by Region (2026-10)'

/**
 * Narrower before wider: a Region lists its geographies in this order. `eu` is the area AWS calls Europe; it holds
 * London and Zurich, which lie outside the European Union, hence `eu-union`, `uk` and `ch`.
 */
export const GEOGRAPHIES: readonly Geography[] = [
  {id: 'uk', name: 'United Kingdom', regions: ['eu-west-2']},
  {id: 'ch', name: 'Switzerland', regions: ['eu-central-2']},
  {
    id: 'eu-union',
    name: 'European Union',
    regions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
  },
  {
    id: 'eu',
    name: 'Europe',
    regions: [
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
    ],
  },
  {id: 'jp', name: 'Japan', regions: ['ap-northeast-1', 'ap-northeast-3']},
  {id: 'in', name: 'India', regions: ['ap-south-1', 'ap-south-2']},
  {id: 'au', name: 'Australia', regions: ['ap-southeast-2', 'ap-southeast-4']},
  {
    id: 'apac',
    name: 'Asia Pacific',
    regions: [
      'ap-east-2',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
    ],
  },
  {id: 'us', name: 'United States', regions: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']},
  {id: 'ca', name: 'Canada', regions: ['ca-central-1', 'ca-west-1']},
  {id: 'mx', name: 'Mexico', regions: ['mx-central-1']},
  {id: 'sa', name: 'South America', regions: ['sa-east-1']},
  {id: 'me', name: 'Middle East', regions: ['me-central-1', 'me-south-1']},
  {id: 'il', name: 'Israel', regions: ['il-central-1']},
  {id: 'af', name: 'Africa', regions: ['af-south-1']},
  {id: 'us-gov', name: 'AWS GovCloud (US)', regions: ['us-gov-east-1', 'us-gov-west-1']},
]

/** What the fact files call a profile's geography → its id; null: Global, which has none. */
export const PROFILE_GEOGRAPHIES: Readonly<Record<string, string | null>> = {
  APAC: 'apac',
  'AWS GovCloud (US)': 'us-gov',
  Australia: 'au',
  Canada: 'ca',
  EU: 'eu',
  Global: null,
  India: 'in',
  Japan: 'jp',
  US: 'us',
}

/** The key of an endpoint in the fact files → the endpoint's name. */
export const ENDPOINT_NAMES: Readonly<Record<string, string>> = {
  bedrock: 'bedrock',
  'bedrock-agentListedInDocs': 'bedrock-agent',
  'bedrock-fips': 'bedrock-fips',
  'bedrock-mantle': 'bedrock-mantle',
  'bedrock-runtimeListedInDocs': 'bedrock-runtime',
}

/** Endpoints the newest AWS page has and the fact files lack; `*`: every Region that has a `bedrock` endpoint. */
export const ENDPOINT_ADDITIONS: readonly {readonly endpoint: string; readonly regions: readonly string[] | '*'}[] = [
  {endpoint: 'bedrock-runtime', regions: '*'},
  {endpoint: 'bedrock-mantle', regions: ['us-gov-east-1']},
  {
    endpoint: 'bedrock-runtime-fips',
    regions: ['ca-central-1', 'us-east-1', 'us-east-2', 'us-gov-east-1', 'us-gov-west-1', 'us-west-2'],
  },
]
