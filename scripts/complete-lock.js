// npm run lock: adds to package-lock.json what npm leaves out when the registry in use does not offer a tool's builds for
// other platforms. `npm ci` refuses a lock file without them, everywhere. They carry no digest, having not been seen.
import {readFileSync, writeFileSync} from 'node:fs'

const LOCK = 'package-lock.json'
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

const lock = JSON.parse(readFileSync(LOCK, 'utf8'))
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
    if (places.some((place) => place in lock.packages)) continue
    const words = name.split(/[/-]/)
    const os = words.filter((word) => OS.includes(word))
    const cpu = words.filter((word) => CPU.includes(word))
    if (os.length === 0 || cpu.length === 0) throw new Error(`for which platform is ${name}?`)
    const libc = /musl/.test(name) ? ['musl'] : /-gnu/.test(name) ? ['glibc'] : undefined
    const scope = parent.dev ? {dev: true} : {}
    lock.packages[`node_modules/${name}`] = {version, cpu, ...scope, ...(libc && {libc}), optional: true, os}
    console.log(`added ${name} ${version}`)
  }
}
const {'': root, ...rest} = lock.packages
const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = {'': root, ...Object.fromEntries(sorted)}
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`)
