// npm run bench -- NAME [options]: runs one program of bench/; without a name it lists them.
import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'

const [name, ...options] = process.argv.slice(2)
const names = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))

if (name === undefined || !names.includes(name)) {
  console.error(`npm run bench -- NAME [--assert]\nNames: ${names.join(', ')}`)
  process.exitCode = 2
} else {
  const argv = ['node_modules/tsx/dist/cli.mjs', `bench/${name}.ts`, ...options]
  process.exitCode = spawnSync(process.execPath, argv, {stdio: 'inherit'}).status ?? 1
}
