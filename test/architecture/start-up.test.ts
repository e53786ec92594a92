import {expect, test} from 'vitest'
import {sourceFiles, sourceGraph, staticClosure} from '../support/source-graph.js'

// What is loaded before a command runs a line of its own (docs/adr/0003-start-up.md). Everything else is import().

const FOLDERS =
  /^src\/(commands|lib\/(cli|core))\/|^src\/lib\/output\/(terminal|style|view)\.ts$|^src\/lib\/config\/[^/]+\.ts$/
const PACKAGES = /^(@oclif\/core\/[a-z/-]+|node:[a-z_/]+)$/
const commands = sourceFiles().filter((file) => file.startsWith('src/commands/'))

test('there are commands to judge', () => {
  expect(commands.length).toBeGreaterThan(2)
})

test.each(commands)('%s starts with oclif, cli, core and little else', async (command) => {
  const graph = await sourceGraph()

  const closure = staticClosure(graph, command)
  const outside = graph.edges.filter(({from, kind, external}) => closure.has(from) && kind === 'static' && external)

  expect([...closure].filter((file) => !FOLDERS.test(file))).toEqual([])
  expect(
    outside.map(({from, to}) => `${from} -> ${to}`).filter((edge) => !PACKAGES.test(edge.split(' -> ')[1] ?? '')),
  ).toEqual([])
  expect(closure.size).toBeGreaterThan(5)
})

test('the program itself starts with oclif alone', async () => {
  const graph = await sourceGraph()

  const closure = staticClosure(graph, 'src/main.ts')

  expect([...closure]).toEqual(['src/main.ts'])
})

test('a load thread of a bench loads modules of Node and of bench, and nothing else', async () => {
  const graph = await sourceGraph()

  const closure = staticClosure(graph, 'src/lib/bench/load/load-worker.ts')
  const outside = graph.edges.filter(({from, kind, external}) => closure.has(from) && kind !== 'type' && external)

  expect([...closure].filter((file) => !/^src\/lib\/bench\/(load|wire|arrivals|samples)\//.test(file))).toEqual([])
  expect(outside.map(({to}) => to).filter((to) => !to.startsWith('node:'))).toEqual([])
  expect(closure.size).toBeGreaterThan(20)
})
