import type {AlarmRow} from './alarms.schema.js'

/** CloudWatch alarms as the board needs them. */
export interface AlarmSource {
  /**
   * cloudwatch:DescribeAlarms: every alarm of the Region that looks at a metric of Bedrock, by itself or in an
   * expression, and the composite alarms that name one of those.
   */
  list(region: string, signal?: AbortSignal): Promise<readonly AlarmRow[]>
}
