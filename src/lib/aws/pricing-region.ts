/** The Price List API has three endpoints in the commercial partition; which one makes no difference to the answer. */
export function pricingRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-northwest-1'
  if (/^(eu|me|af|il)-/.test(region)) return 'eu-central-1'
  return region.startsWith('ap-') ? 'ap-south-1' : 'us-east-1'
}
