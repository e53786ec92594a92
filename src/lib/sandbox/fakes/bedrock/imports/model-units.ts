const GIGABYTE = 1e9
// Two counts are published, of Llama 3.1 with 128K: 2 for 8 billion parameters (16 GB) and 8 for 70 (141 GB). What lies
// between them and beyond is the sandbox's estimate.
const SMALL = {gigabytes: 17, units: 2}
const LARGE = {gigabytes: 160, units: 8}

/** Custom Model Units of a copy whose weights have so many bytes in BF16. */
export function unitsOf(bytes: number, modelType: string) {
  const slope = (LARGE.units - SMALL.units) / (LARGE.gigabytes - SMALL.gigabytes)
  const beyond = Math.max(0, bytes / GIGABYTE - SMALL.gigabytes)
  return {
    customModelUnits: 2 * Math.ceil((SMALL.units + beyond * slope) / 2),
    customModelUnitsVersion: modelType === 'gpt_oss' ? 'v2.0' : 'v1.0',
  }
}
