import type {Check} from '../../check.js'
import {IAM_DOCUMENT_CHECKS} from './iam-document-checks.js'

export const IAM_CHECKS: readonly Check[] = [...IAM_DOCUMENT_CHECKS]
