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
  // As the bundle is built: for development React measures every frame and keeps what it measured.
  const env = {NODE_ENV: 'production', ...process.env}
  process.exitCode = spawnSync(process.execPath, argv, {stdio: 'inherit', env}).status ?? 1
}
