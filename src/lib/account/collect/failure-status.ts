import type {BedrockctlError} from '../../core/errors.js'
import type {UnreadStatus} from '../snapshot.schema.js'

const BY_CODE: Readonly<Record<string, UnreadStatus>> = {
  REGION_NOT_ENABLED: 'not-enabled',
  THROTTLED: 'throttled',
  UNREACHABLE: 'unreachable',
}

/** Which kind of unread a failed call is. */
export function failureStatus({code, fault}: BedrockctlError): UnreadStatus {
  return BY_CODE[code] ?? (fault === 'access' ? 'denied' : 'failed')
}
