import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {z} from 'zod'

/** A package of which code stands in the bundle. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression of its package.json. */
  readonly licence: string
  /** Text of its licence file; empty when it ships none. */
  readonly text: string
  /** Text of its NOTICE file; empty when it ships none. */
  readonly notice: string
}

const METAFILES = ['.cache/meta.json', '.cache/meta-sandbox.json']
const metafileSchema = z.object({
  outputs: z.record(z.string(), z.object({inputs: z.record(z.string(), z.object({bytesInOutput: z.number()}))})),
})
const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({type: z.string()})]).optional(),
})

/** Every package esbuild took code from in the last build, by name and version. */
export function bundledPackages(): readonly BundledPackage[] {
  const folders = new Set<string>()
  for (const file of METAFILES.filter((path) => existsSync(path))) {
    const {outputs} = metafileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    for (const {inputs} of Object.values(outputs)) {
      for (const [input, {bytesInOutput}] of Object.entries(inputs)) {
        const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
        if (folder && bytesInOutput > 0) folders.add(folder)
      }
    }
  }
  const packages = [...folders].map(readPackage)
  const unique = new Map(packages.map((bundled) => [`${bundled.name}@${bundled.version}`, bundled]))
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bundled]) => bundled)
}

function readPackage(folder: string): BundledPackage {
  const {name, version, license} = packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return {
    name,
    version,
    licence: (typeof license === 'object' ? license.type : license) ?? 'none stated',
    text: readFirst(folder, /^licen[cs]e/i),
    notice: readFirst(folder, /^notice/i),
  }
}

function readFirst(folder: string, pattern: RegExp): string {
  const file = readdirSync(folder)
    .sort()
    .find((name) => pattern.test(name))
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
}
