import type {Check} from '../../check.js'
import {logBucketKeyCheck} from './enc-01-log-bucket-key.js'
import {logGroupKeyCheck} from './enc-02-log-group-key.js'
import {customModelKeyCheck} from './enc-03-custom-model-key.js'
import {agentKeyCheck} from './enc-06-agent-key.js'
import {knowledgeBaseKeyCheck} from './enc-07-knowledge-base-key.js'
import {keyInUseCheck} from './enc-11-key-in-use.js'
import {agentcoreKeyCheck} from './enc-12-agentcore-keys.js'

export const ENC_CHECKS: readonly Check[] = [
  logBucketKeyCheck,
  logGroupKeyCheck,
  customModelKeyCheck,
  agentKeyCheck,
  knowledgeBaseKeyCheck,
  keyInUseCheck,
  agentcoreKeyCheck,
]
