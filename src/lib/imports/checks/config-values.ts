import {isMembers} from '../read/weight-map.js'

type Members = Readonly<Record<string, unknown>>

/** The part of config.json that describes the text model: text_config of multimodal models, else all of it. */
export function textConfig(config: Members): Members {
  const text = config['text_config']
  return isMembers(text) ? {...config, ...text} : config
}

/** The first of these members that is a number. */
export function numberOf(config: Members, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = config[name]
    if (typeof value === 'number') return value
  }
  return undefined
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Names from a file, short enough for a line. */
export function shortName(name: string): string {
  return name.length > 80 ? `${name.slice(0, 79)}…` : name
}

/** `a, b and 3 more`. */
export function few(names: readonly string[], most = 3): string {
  const told = names.slice(0, most).map(shortName).join(', ')
  return names.length > most ? `${told} and ${names.length - most} more` : told
}
