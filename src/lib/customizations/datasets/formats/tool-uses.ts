import type {Row} from '../row.js'
import type {Role} from './turn-order.js'

const PATH = 'messages[].content[]'

/** Holds uses of tools and their answers against the tools that are declared. */
export class ToolUses {
  readonly #row: Row
  #names: Set<string> | undefined
  #open: Set<string> | undefined
  #answered: Set<string> | undefined
  #isUsed: boolean = false

  constructor(row: Row) {
    this.#row = row
  }

  declare(config: number): void {
    const row = this.#row
    const {tape} = row
    row.mixNode(config)
    this.#isUsed = true
    const names = new Set<string>()
    this.#names = names
    const tools = tape.member(config, 'tools')
    if (tools < 0 || !tape.isArray(tools) || tape.size(tools) === 0) {
      this.#tell('toolConfig.tools', 'There must be a list of tools.')
      return
    }
    for (let tool = tape.first(tools); tool < tape.after(tools); tool = tape.after(tool)) {
      const spec = tape.member(tool, 'toolSpec')
      const name = this.#textOf(spec, 'name')
      const schema = tape.member(tape.member(spec, 'inputSchema'), 'json')
      const path = 'toolConfig.tools[].toolSpec'
      if (name === undefined) this.#tell(`${path}.name`, 'A tool needs a name.')
      else if (names.has(name)) this.#tell(`${path}.name`, 'Two tools have one name.')
      else names.add(name)
      if (this.#textOf(spec, 'description') === undefined) {
        this.#tell(`${path}.description`, 'A tool needs a description.')
      }
      if (tape.member(schema, 'type') < 0) this.#tell(`${path}.inputSchema`, 'inputSchema.json needs a type.')
    }
  }

  use(node: number, role: Role): void {
    const row = this.#row
    row.mixNode(node)
    this.#isUsed = true
    const path = `${PATH}.toolUse`
    const id = this.#textOf(node, 'toolUseId')
    const name = this.#textOf(node, 'name')
    this.#open ??= new Set()
    if (role !== 'assistant') this.#tell(path, 'Tools are used by the assistant.')
    if (name === undefined || this.#names?.has(name) !== true) this.#tell(path, 'A tool is used that is not declared.')
    if (id === undefined) this.#tell(path, 'A use of a tool needs a toolUseId.')
    else if (this.#open.has(id) || this.#answered?.has(id) === true) this.#tell(path, 'Two uses have one toolUseId.')
    else this.#open.add(id)
  }

  answer(node: number, role: Role): void {
    this.#row.mixNode(node)
    this.#isUsed = true
    const path = `${PATH}.toolResult`
    const id = this.#textOf(node, 'toolUseId')
    this.#answered ??= new Set()
    if (role !== 'user') this.#tell(path, 'Results of tools are told by the user.')
    if (id === undefined || this.#open?.delete(id) !== true) {
      this.#tell(path, 'A result answers no use before it, or one that has its answer.')
    } else this.#answered.add(id)
  }

  /** Tells that there are tools at all, where that may make the job fail. */
  finish(): void {
    if (!this.#isUsed || this.#row.rules.family !== 'nova-2') return
    this.#row.tell('tools', 'toolConfig', 'The guide to Nova 2 says that rows with tools may make the job fail.', {
      level: 'warning',
    })
  }

  #textOf(node: number, name: string): string | undefined {
    const {tape} = this.#row
    const found = node < 0 ? -1 : tape.member(node, name)
    if (found < 0 || !tape.isString(found) || tape.characters(found) === 0) return undefined
    return tape.text(found)
  }

  #tell(path: string, text: string): void {
    this.#row.tell('tools', path, text)
  }
}
