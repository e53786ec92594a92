// A real engine behind chat completions, to run benches against: npm run bench -- bench-local-engine [--port N] [--sequences N]
// A model of two layers with weights by chance, on one thread; it serves until it is stopped.
import {mkdirSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {HOW_TO_INSTALL, openLlama} from './support/local-engine/llama.js'
import {writeRandomGguf} from './support/local-engine/random-gguf.js'
import {serveChat} from './support/local-engine/serve-chat.js'
import {numberOption} from './support/measure.js'

const FOLDER = `${process.cwd()}/.cache/local-engine`
const CONTEXT = 2048
const sequences = numberOption('sequences', 4)

mkdirSync(FOLDER, {recursive: true})
const llama = await openLlama(FOLDER)
if (llama === undefined) {
  console.error(`node-llama-cpp is not installed: ${HOW_TO_INSTALL}`)
  process.exitCode = 2
} else {
  const file = `${FOLDER}/random.gguf`
  writeRandomGguf(file)
  const model = await llama.loadModel({modelPath: file})
  const context = await model.createContext({sequences, contextSize: CONTEXT, threads: 1})
  const server = serveChat(
    model,
    Array.from({length: sequences}, () => context.getSequence()),
  )
  server.listen(process.argv.includes('--port') ? numberOption('port', 0) : 0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1 serves the model "random"`)
  })
}
