import type {Artefact} from './artefact.js'
import {type BundledPackage, bundledPackages} from './bundled-packages.js'

/** Licences whose code may be compiled into an Apache-2.0 program. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
])

const RULE = '-'.repeat(80)

/** Who wrote what stands in the bundle, with every licence text once. Stops at a licence that is not allowed. */
export function noticesArtefact(): Artefact {
  const packages = bundledPackages()
  const refused = packages.filter(({licence}) => !isAllowed(licence))
  if (refused.length > 0) {
    throw new Error(`licence not allowed: ${refused.map(({name, licence}) => `${name} (${licence})`).join(', ')}`)
  }
  const byText = new Map<string, BundledPackage[]>()
  for (const bundled of packages) byText.set(bundled.text, [...(byText.get(bundled.text) ?? []), bundled])
  const texts = [...byText.entries()].map(([text, users]) =>
    [
      RULE,
      ...users.map(describe),
      RULE,
      '',
      text === '' ? 'The package ships no licence text; its licence is named above.' : text,
      '',
    ].join('\n'),
  )
  const notices = packages
    .filter(({notice}) => notice !== '')
    .map((bundled) => [RULE, `NOTICE of ${bundled.name}`, RULE, '', bundled.notice, ''].join('\n'))
  const head = `bedrockctl contains code of the ${packages.length} packages below, compiled into dist/.\n`
  return {path: 'THIRD-PARTY-NOTICES.txt', text: `${[head, ...texts, ...notices].join('\n').trimEnd()}\n`}
}

/** A choice is allowed when one of its sides is; what a package asks for together must be allowed together. */
export function isAllowed(licence: string): boolean {
  const bare = licence.replaceAll(/[()]/g, '').trim()
  if (/ OR /.test(bare)) return bare.split(/ OR /).some(isAllowed)
  return bare.split(/ AND /).every((id) => ALLOWED_LICENCES.has(id.trim()))
}

function describe({name, version, licence}: BundledPackage): string {
  return `${name} ${version} (${licence})`
}
