import {stringify} from 'yaml'

/** Every text is quoted, so that none is read as a number, a date or a boolean. A file of its own, to be loaded late as a whole. */
export function manifestYaml(manifest: unknown): string {
  return stringify(manifest, {
    version: '1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  }).trimEnd()
}
