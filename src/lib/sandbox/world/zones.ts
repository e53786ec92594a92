const COMPASS = /north|south|east|west|central|gov/g

/** Letters of a Region's Availability Zones: six in us-east-1, three elsewhere. */
export function zoneLetters(region: string): readonly string[] {
  return region === 'us-east-1' ? ['a', 'b', 'c', 'd', 'e', 'f'] : ['a', 'b', 'c']
}

/** `use1-az1` of us-east-1a. Which letter has which number differs between accounts on AWS; here it does not. */
export function zoneId(zone: string): string {
  const [, region = '', letter = 'a'] = /^(.*)([a-z])$/.exec(zone) ?? []
  const [area = '', ...rest] = region.split('-')
  const directions = [...rest.join('').matchAll(COMPASS)].map(([word]) => word.charAt(0)).join('')
  return `${area}${directions}${rest.at(-1) ?? ''}-az${letter.charCodeAt(0) - 96}`
}
