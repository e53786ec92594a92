#!/usr/bin/env node
import module from 'node:module'

const [only, ...rest] = process.argv.slice(2)
if (rest.length === 0 && (only === '--version' || only === '-v')) {
  // Answered here: loading oclif would cost five times the answer (docs/adr/0003-start-up.md).
  const {readFileSync} = await import('node:fs')
  const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`bedrockctl/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else {
  module.enableCompileCache?.()
  const {main} = await import('../dist/main.js')
  await main(import.meta.url)
}
