import type {Check} from '../../check.js'
import {IAM_DOCUMENT_CHECKS} from './iam-document-checks.js'
import {IAM_EFFECTIVE_CHECKS} from './iam-effective-checks.js'

/** By id. */
export const IAM_CHECKS: readonly Check[] = [...IAM_DOCUMENT_CHECKS, ...IAM_EFFECTIVE_CHECKS].sort((a, b) =>
  a.id < b.id ? -1 : 1,
)
