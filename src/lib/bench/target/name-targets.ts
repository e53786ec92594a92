import type {BedrockTarget, Target} from './target.js'

/** A target as it is typed: what `--target` would have to say. */
export function targetAddress(target: Target): string {
  switch (target.kind) {
    case 'bedrock':
      return bedrockAddress(target)
    case 'imported':
    case 'provisioned':
      return `${target.kind}:${target.arn}${target.api === 'invoke' ? '?api=invoke' : ''}`
    case 'openai':
      return `openai:${target.baseUrl}${target.model === undefined ? '' : `#${encodeURI(target.model)}`}`
    case 'ollama':
      return `ollama:${target.url}#${encodeURI(target.model)}`
  }
}

function bedrockAddress({api, latency, modelId, region, tier}: BedrockTarget): string {
  const settings = [
    ...(api === 'converse' ? [] : [`api=${api.replace(/-.*/, '')}`]),
    ...(tier === 'default' ? [] : [`tier=${tier}`]),
    ...(latency === 'standard' ? [] : [`latency=${latency}`]),
  ]
  const place = region === undefined || modelId.startsWith('arn:') ? '' : `@${region}`
  return `bedrock:${modelId}${place}${settings.length === 0 ? '' : `?${settings.join('&')}`}`
}

/** A short name for each target, in their order, each different: as short as it can be and still tell them apart. */
export function nameTargets(targets: readonly Target[]): readonly string[] {
  const levels = targets.map(namesOf)
  const depth = Math.max(...levels.map((names) => names.length), 1)
  for (let level = 0; level < depth; level += 1) {
    const names = levels.map((all) => all[Math.min(level, all.length - 1)] ?? '')
    if (new Set(names).size === names.length) return names
  }
  return numbered(levels.map((all) => all.at(-1) ?? ''))
}

function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} #${count}`
  })
}

/** From the shortest name to the longest. */
function namesOf(target: Target): readonly string[] {
  switch (target.kind) {
    case 'bedrock': {
      const bare = target.modelId.startsWith('arn:')
        ? target.modelId.slice(target.modelId.lastIndexOf('/') + 1)
        : target.modelId
      const short = bare.replace(/^(?:[a-z-]+\.)+(?!v\d)(?=[a-z])/, '').replace(/(-\d{8})?(-v\d+(:\d+)*)?$/, '')
      const api = target.api === 'converse' ? '' : ` ${target.api.replace(/-.*/, '')}`
      const kind = `${target.tier === 'default' ? '' : ` ${target.tier}`}${target.latency === 'optimized' ? ' optimized' : ''}`
      const region = target.region === undefined ? '' : ` ${target.region}`
      return [short, `${short}${api}${kind}`, `${bare}${api}${kind}`, `${bare}${region}${api}${kind}`]
    }
    case 'imported':
    case 'provisioned': {
      const id = target.arn.slice(target.arn.lastIndexOf('/') + 1)
      return [
        `${target.kind} ${id}`,
        `${target.kind} ${id} ${target.region}`,
        `${target.kind} ${id} ${target.region} ${target.api}`,
      ]
    }
    case 'openai':
      return withHost(target.model, new URL(target.baseUrl))
    case 'ollama':
      return withHost(target.model, new URL(target.url))
  }
}

function withHost(model: string | undefined, url: URL): readonly string[] {
  const name = model?.split('/').at(-1)
  const whole = `${url.host}${url.pathname.replace(/\/v1$|\/$/, '')}`
  return name === undefined ? [url.host, whole] : [name, `${name} ${url.host}`, `${model} ${whole}`]
}
