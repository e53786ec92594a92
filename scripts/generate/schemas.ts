import {z} from 'zod'
import {planFileSchema} from '../../src/lib/batch/plan/plan.schema.js'
import {benchPlanSchema} from '../../src/lib/bench/plan/bench-plan.schema.js'
import {errorDocumentSchema} from '../../src/lib/core/error-report.schema.js'
import {workloadFileSchema} from '../../src/lib/cost/workload/workload.schema.js'
import {RESULT_SCHEMAS} from '../result-schemas.js'
import type {Artefact} from './artefact.js'

/** File name, without folder, of the schema of a command's JSON answer. */
export function schemaFile(commandId: string): string {
  return `${commandId.replaceAll(':', '-')}.json`
}

/** Files that people write: their schemas take what stands there, before it is read. */
export const FILE_SCHEMAS: Readonly<Record<string, {readonly title: string; readonly schema: z.ZodType}>> = {
  'bench-plan.json': {title: 'Plan file of bedrockctl bench', schema: benchPlanSchema},
  'batch-plan-file.json': {title: 'Plan file of bedrockctl batch', schema: planFileSchema},
  'workloads.json': {title: 'Workload file of bedrockctl cost', schema: workloadFileSchema},
}

/** One JSON Schema (draft 2020-12) a command, one a kind of file that people write, one for the error document. */
export function schemaArtefacts(): readonly Artefact[] {
  const results = Object.entries(RESULT_SCHEMAS).map(([id, schema]) =>
    toArtefact(schemaFile(id), `JSON answer of bedrockctl ${id.replaceAll(':', ' ')}`, schema),
  )
  const files = Object.entries(FILE_SCHEMAS).map(([file, {schema, title}]) => toArtefact(file, title, schema, 'input'))
  return [
    ...results,
    ...files,
    toArtefact('error.json', 'What bedrockctl prints under --json when it cannot answer', errorDocumentSchema),
  ]
}

function toArtefact(file: string, title: string, schema: z.ZodType, io: 'input' | 'output' = 'output'): Artefact {
  const {$schema, ...body} = io === 'input' ? fileSchema(schema) : z.toJSONSchema(schema, {...OPTIONS, io})
  const document = {$schema, $id: `urn:bedrockctl:schema:${file.replace(/\.json$/, '')}:1`, title, ...body}
  return {path: `schemas/${file}`, text: `${JSON.stringify(document, null, 2)}\n`}
}

const OPTIONS = {target: 'draft-2020-12', reused: 'inline'} as const

/** What may stand in a file, with defaults as a person would write them: zod leaves out those that are no JSON. */
export function fileSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    ...OPTIONS,
    io: 'input',
    override({
      jsonSchema,
      zodSchema: {
        _zod: {def},
      },
    }) {
      if (def.type !== 'default' || jsonSchema.default !== undefined) return
      jsonSchema.default = Number(String(def.defaultValue))
    },
  })
}
