// How billing abbreviates Regions, where it is not area, direction and number (eu-west-2 → EUW2). Always ambiguous:
// readers are to use regionCode.
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  'ap-south-1': 'APS3',
  'ap-south-2': 'APS5',
  'ap-southeast-1': 'APS1',
  'ap-southeast-2': 'APS2',
  'ap-southeast-3': 'APS4',
  'ap-southeast-4': 'APS6',
  'ap-southeast-5': 'APS7',
  'ap-southeast-6': 'APS8',
  'ap-southeast-7': 'APS9',
  'ca-central-1': 'CAN1',
  'ca-west-1': 'CAN2',
  'eu-west-1': 'EU',
}

/** `EUC1`, `USE1`: what a usage type begins with. */
export function regionPrefix(region: string): string {
  const known = ABBREVIATIONS[region]
  if (known !== undefined) return known
  const parts = region.replace('us-gov-', 'ug-').split('-')
  const direction = (parts[1] ?? '').replace(/^(north|south)(east|west)$/, '$1').charAt(0)
  return `${parts[0] ?? ''}${direction}${parts.at(-1) ?? ''}`.toUpperCase()
}
