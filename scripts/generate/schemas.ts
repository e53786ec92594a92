import {z} from 'zod'
import {errorDocumentSchema} from '../../src/lib/core/error-report.schema.js'
import {RESULT_SCHEMAS} from '../result-schemas.js'
import type {Artefact} from './artefact.js'

/** File name, without folder, of the schema of a command's JSON answer. */
export function schemaFile(commandId: string): string {
  return `${commandId.replaceAll(':', '-')}.json`
}

/** One JSON Schema (draft 2020-12) a command, and one for the error document. */
export function schemaArtefacts(): readonly Artefact[] {
  const results = Object.entries(RESULT_SCHEMAS).map(([id, schema]) =>
    toArtefact(schemaFile(id), `JSON answer of bedrockctl ${id.replaceAll(':', ' ')}`, schema),
  )
  return [
    ...results,
    toArtefact('error.json', 'What bedrockctl prints under --json when it cannot answer', errorDocumentSchema),
  ]
}

function toArtefact(file: string, title: string, schema: z.ZodType): Artefact {
  const {$schema, ...body} = z.toJSONSchema(schema, {target: 'draft-2020-12', io: 'output', reused: 'inline'})
  const document = {$schema, $id: `urn:bedrockctl:schema:${file.replace(/\.json$/, '')}:1`, title, ...body}
  return {path: `schemas/${file}`, text: `${JSON.stringify(document, null, 2)}\n`}
}
