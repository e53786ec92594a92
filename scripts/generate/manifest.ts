import {readFileSync} from 'node:fs'
import {z} from 'zod'

// The part of oclif.manifest.json that the documents are made of.

const flagSchema = z.object({
  name: z.string(),
  char: z.string().optional(),
  description: z.string().optional(),
  env: z.string().optional(),
  helpGroup: z.string().optional(),
  helpValue: z.union([z.string(), z.array(z.string())]).optional(),
  options: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  required: z.boolean().optional(),
  multiple: z.boolean().optional(),
  allowNo: z.boolean().optional(),
  hidden: z.boolean().optional(),
  type: z.enum(['boolean', 'option']),
})
export type ManifestFlag = z.infer<typeof flagSchema>

const argSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
  required: z.boolean().optional(),
  hidden: z.boolean().optional(),
})

const exampleSchema = z.union([z.string(), z.object({description: z.string().optional(), command: z.string()})])

const commandSchema = z.object({
  id: z.string(),
  summary: z.string().optional(),
  description: z.string().optional(),
  hidden: z.boolean().optional(),
  strict: z.boolean().optional(),
  usage: z.union([z.string(), z.array(z.string())]).optional(),
  examples: z.array(exampleSchema).optional(),
  flags: z.record(z.string(), flagSchema),
  args: z.record(z.string(), argSchema),
  permissions: z.array(z.string()).optional(),
  seeAlso: z.array(z.string()).optional(),
})
export type ManifestCommand = z.infer<typeof commandSchema>

const manifestSchema = z.object({commands: z.record(z.string(), commandSchema), version: z.string()})

/** The commands of the built manifest, by id; hidden ones only when asked for. */
export function readCommands(options: {readonly hidden?: boolean} = {}): readonly ManifestCommand[] {
  const {commands} = manifestSchema.parse(JSON.parse(readFileSync('oclif.manifest.json', 'utf8')))
  return Object.values(commands).filter(({hidden}) => hidden !== true || options.hidden === true)
}

/** As a person types it: `models list`. */
export function wordsOf(command: Pick<ManifestCommand, 'id'>): string {
  return command.id.replaceAll(':', ' ')
}
