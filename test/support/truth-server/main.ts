// The truth server as a process: options as JSON in the first argument; says `{"port", "pem"}` in one line once it listens.
import {changeOptions} from './options.js'
import {type Certificate, selfSigned} from './self-signed.js'
import {TruthService} from './server.js'

const {
  port = 0,
  tls = 'none',
  ...options
}: {port?: number; tls?: Certificate | 'none'} = JSON.parse(process.argv[2] ?? '{}')
const pair = tls === 'none' ? undefined : selfSigned(tls)
const listening = await new TruthService(changeOptions(options)).listen(port, pair)
process.stdout.write(`${JSON.stringify({port: listening, pem: pair?.cert ?? ''})}\n`)
// It ends with the process that started it, however that one ends.
process.stdin.on('end', () => process.exit(0)).resume()
