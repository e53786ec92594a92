import {usageError} from '../../core/errors.js'

/** A user and a name or address, nothing that ssh or a shell could take for anything else. */
const HOST =
  /^(?:[A-Za-z0-9_][\w.-]*@)?(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4})$/
const LONGEST = 255

/** The machine whose GPUs are looked at, as it is given to ssh; throws a usage error for anything but `user@host`. */
export function readGpuHost(text: string): string {
  if (text.length <= LONGEST && HOST.test(text)) return text
  throw usageError('GPU_HOST', 'This names no machine to reach by ssh.', {
    why: `--gpu-host ${JSON.stringify(text.slice(0, 80))}: letters, digits, dots and dashes, with user@ before it or not`,
    hint: 'Say it as --gpu-host ubuntu@gpu-1.example.net, or local for this machine; a port, a key or a jump host goes into ~/.ssh/config.',
  })
}
