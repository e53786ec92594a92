import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

/** What is used of node-llama-cpp, which is not a dependency: it is 85 MB in 117 packages. */
export interface Llama {
  loadModel(options: {readonly modelPath: string}): Promise<LlamaModel>
}

export interface LlamaModel {
  tokenize(text: string): number[]
  detokenize(tokens: readonly number[]): string
  createContext(options: {
    readonly sequences: number
    readonly contextSize: number
    readonly threads: number
  }): Promise<{getSequence(): LlamaSequence}>
}

export interface LlamaSequence {
  clearHistory(): Promise<void>
  evaluate(tokens: readonly number[], options: {readonly temperature: number}): AsyncIterable<number>
}

export const HOW_TO_INSTALL =
  'npm install --prefix .cache/local-engine --omit=optional --ignore-scripts node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1'

/** The engine from the folder it was installed into; nothing is fetched or built. Undefined: it is not there. */
export async function openLlama(folder: string): Promise<Llama | undefined> {
  const found = entry(folder)
  if (found === undefined) return undefined
  const {getLlama} = await import(pathToFileURL(found).href)
  return getLlama({gpu: false, build: 'never', skipDownload: true, maxThreads: 1})
}

function entry(folder: string): string | undefined {
  try {
    return createRequire(`${folder}/package.json`).resolve('node-llama-cpp')
  } catch {
    return undefined
  }
}
