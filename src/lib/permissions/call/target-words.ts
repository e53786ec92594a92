import type {AskedCall} from './call.schema.js'

const ROUTES: Readonly<Record<AskedCall['target']['route'], string>> = {
  'in-region': 'In-Region',
  geo: 'geographic profile',
  global: 'Global profile',
  'application-profile': 'application profile',
  'own-model': 'model of the account',
  mantle: 'Mantle',
}

/** How a model is reached and by which id, in words: `geographic profile eu.anthropic.claude-…`. */
export function targetWords({target}: Pick<AskedCall, 'target'>): string {
  return `${ROUTES[target.route]} ${target.id}`
}
