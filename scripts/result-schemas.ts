import {z} from 'zod'
import {accountDiffSchema} from '../src/lib/account/diff/diff.schema.js'
import {accountQuotasSchema} from '../src/lib/account/quotas/quotas.schema.js'
import {accountSnapshotSchema} from '../src/lib/account/snapshot.schema.js'
import {auditReportSchema} from '../src/lib/audit/audit-report.schema.js'
import {auditBaselineSchema} from '../src/lib/audit/baseline/audit-baseline.schema.js'
import {auditEndpointsSchema} from '../src/lib/audit/endpoints/audit-endpoints.schema.js'
import {auditIamSchema} from '../src/lib/audit/iam-view/audit-iam.schema.js'
import {auditChecksSchema} from '../src/lib/audit/list/audit-checks.schema.js'
import {batchCheckSchema} from '../src/lib/batch/check/batch-check.schema.js'
import {batchCollectSchema} from '../src/lib/batch/collect/batch-collect.schema.js'
import {batchListSchema} from '../src/lib/batch/list/batch-list.schema.js'
import {batchPlanSchema} from '../src/lib/batch/plan/batch-plan.schema.js'
import {prepareSchema} from '../src/lib/batch/prepare/prepare.schema.js'
import {batchRetrySchema} from '../src/lib/batch/retry/batch-retry.schema.js'
import {batchShowSchema} from '../src/lib/batch/show/batch-show.schema.js'
import {batchStopSchema} from '../src/lib/batch/stop/batch-stop.schema.js'
import {submitResultSchema} from '../src/lib/batch/submit/submit.schema.js'
import {batchWatchSchema} from '../src/lib/batch/watch/batch-watch.schema.js'
import {benchAdviseSchema} from '../src/lib/bench/advise/bench-advise.schema.js'
import {benchCompareSchema} from '../src/lib/bench/compare/bench-compare.schema.js'
import {benchMetricsSchema} from '../src/lib/bench/definitions/definitions.schema.js'
import {benchDeleteSchema} from '../src/lib/bench/delete/bench-delete.schema.js'
import {awsBatchExportSchema, kubernetesExportSchema} from '../src/lib/bench/export/bench-export.schema.js'
import {benchListSchema} from '../src/lib/bench/list/bench-list.schema.js'
import {runSummarySchema} from '../src/lib/bench/metrics/summary.schema.js'
import {benchReportSchema} from '../src/lib/bench/report/bench-report.schema.js'
import {benchDryRunSchema} from '../src/lib/bench/run/dry-run.schema.js'
import {benchSweepSchema} from '../src/lib/bench/search/bench-sweep.schema.js'
import {capacityCreateSchema} from '../src/lib/capacity/create/capacity-create.schema.js'
import {capacityDeleteSchema} from '../src/lib/capacity/delete/capacity-delete.schema.js'
import {capacityListSchema} from '../src/lib/capacity/list/capacity-list.schema.js'
import {capacityPlanSchema} from '../src/lib/capacity/plan/capacity-plan.schema.js'
import {capacityUpdateSchema} from '../src/lib/capacity/update/capacity-update.schema.js'
import {catalogShowSchema} from '../src/lib/catalog/catalog-show.schema.js'
import {completionSchema} from '../src/lib/completion/completion.schema.js'
import {actualSchema} from '../src/lib/cost/actual/actual.schema.js'
import {breakEvenSchema} from '../src/lib/cost/breakeven/breakeven.schema.js'
import {compareSchema} from '../src/lib/cost/compare/compare.schema.js'
import {costDiffSchema} from '../src/lib/cost/diff/cost-diff.schema.js'
import {estimateSchema} from '../src/lib/cost/estimate/estimate.schema.js'
import {pricesSchema} from '../src/lib/cost/prices/prices.schema.js'
import {customizationCheckSchema} from '../src/lib/customizations/check/customization-check.schema.js'
import {customizationCreateSchema} from '../src/lib/customizations/create/customization-create.schema.js'
import {customizationDeleteSchema} from '../src/lib/customizations/delete/customization-delete.schema.js'
import {customizationDeploySchema} from '../src/lib/customizations/deploy/customization-deploy.schema.js'
import {customizationInvokeSchema} from '../src/lib/customizations/invoke/customization-invoke.schema.js'
import {customizationsListSchema} from '../src/lib/customizations/list/customizations-list.schema.js'
import {customizationMetricsSchema} from '../src/lib/customizations/metrics/customization-metrics.schema.js'
import {customizationShowSchema} from '../src/lib/customizations/show/customization-show.schema.js'
import {customizationStopSchema} from '../src/lib/customizations/stop/customization-stop.schema.js'
import {customizationWatchSchema} from '../src/lib/customizations/watch/customization-watch.schema.js'
import {doctorSchema} from '../src/lib/doctor/doctor.schema.js'
import {featuresListSchema} from '../src/lib/features/features-list.schema.js'
import {importCheckSchema} from '../src/lib/imports/check/import-check.schema.js'
import {importsCreateSchema} from '../src/lib/imports/create/imports-create.schema.js'
import {importsDeleteSchema} from '../src/lib/imports/delete/imports-delete.schema.js'
import {importsInvokeSchema} from '../src/lib/imports/invoke/imports-invoke.schema.js'
import {importsListSchema} from '../src/lib/imports/list/imports-list.schema.js'
import {importsShowSchema} from '../src/lib/imports/show/imports-show.schema.js'
import {importsWatchSchema} from '../src/lib/imports/watch/imports-watch.schema.js'
import {accessRequestSchema, accessResultSchema} from '../src/lib/models/access/access.schema.js'
import {availabilityResultSchema} from '../src/lib/models/availability/availability.schema.js'
import {lifecycleResultSchema} from '../src/lib/models/lifecycle/lifecycle.schema.js'
import {modelsListSchema} from '../src/lib/models/list/models-list.schema.js'
import {lockResultSchema} from '../src/lib/models/lock/lock.schema.js'
import {resolveModelSchema} from '../src/lib/models/resolve/resolve-model.schema.js'
import {showModelSchema} from '../src/lib/models/show/show-model.schema.js'
import {monitorSampleSchema} from '../src/lib/monitor/board/plain/sample.schema.js'
import {iamGenerateSchema} from '../src/lib/permissions/generate/generate.schema.js'
import {iamSimulateSchema} from '../src/lib/permissions/simulate/simulate.schema.js'
import {iamWhoCanSchema} from '../src/lib/permissions/who-can/who-can.schema.js'
import {readinessSchema} from '../src/lib/readiness/readiness.schema.js'
import {refreshSchema} from '../src/lib/refresh/refresh.schema.js'
import {routesListSchema} from '../src/lib/routing/routes-list.schema.js'
import {routesTraceSchema} from '../src/lib/routing/routes-trace.schema.js'
import {sandboxEnvironmentSchema} from '../src/lib/sandbox-cli/sandbox-environment.schema.js'
import {sandboxScenariosSchema} from '../src/lib/sandbox-cli/sandbox-scenarios.schema.js'

/** Command id → schema of the document it prints under `--json`. */
export const RESULT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'account:diff': accountDiffSchema,
  'account:quotas': accountQuotasSchema,
  'account:snapshot': accountSnapshotSchema,
  'audit:baseline': auditBaselineSchema,
  'audit:checks': auditChecksSchema,
  'audit:endpoints': auditEndpointsSchema,
  'audit:iam': auditIamSchema,
  'audit:run': auditReportSchema,
  'batch:check': batchCheckSchema,
  'batch:collect': batchCollectSchema,
  'batch:list': batchListSchema,
  'batch:plan': batchPlanSchema,
  'batch:prepare': prepareSchema,
  'batch:show': batchShowSchema,
  'batch:submit': submitResultSchema,
  'batch:retry': batchRetrySchema,
  'batch:stop': batchStopSchema,
  'batch:watch': batchWatchSchema,
  'bench:advise': benchAdviseSchema,
  'bench:compare': benchCompareSchema,
  'bench:delete': benchDeleteSchema,
  'bench:export:aws-batch': awsBatchExportSchema,
  'bench:export:kubernetes': kubernetesExportSchema,
  'bench:import': runSummarySchema,
  'bench:list': benchListSchema,
  'bench:merge': runSummarySchema,
  'bench:metrics': benchMetricsSchema,
  'bench:report': benchReportSchema,
  'bench:run': z.union([runSummarySchema, benchDryRunSchema]),
  'bench:show': runSummarySchema,
  'bench:sweep': z.union([benchSweepSchema, benchDryRunSchema]),
  'capacity:create': capacityCreateSchema,
  'capacity:delete': capacityDeleteSchema,
  'capacity:list': capacityListSchema,
  'capacity:plan': capacityPlanSchema,
  'capacity:update': capacityUpdateSchema,
  'catalog:refresh': refreshSchema,
  'catalog:show': catalogShowSchema,
  completion: completionSchema,
  'cost:actual': actualSchema,
  'cost:breakeven': breakEvenSchema,
  'cost:compare': compareSchema,
  'cost:diff': costDiffSchema,
  'cost:estimate': estimateSchema,
  'cost:prices': pricesSchema,
  'customizations:check': customizationCheckSchema,
  'customizations:create': customizationCreateSchema,
  'customizations:delete': customizationDeleteSchema,
  'customizations:deploy': customizationDeploySchema,
  'customizations:invoke': customizationInvokeSchema,
  'customizations:list': customizationsListSchema,
  'customizations:metrics': customizationMetricsSchema,
  'customizations:show': customizationShowSchema,
  'customizations:stop': customizationStopSchema,
  'customizations:watch': customizationWatchSchema,
  doctor: doctorSchema,
  'features:list': featuresListSchema,
  'iam:generate': iamGenerateSchema,
  'iam:simulate': iamSimulateSchema,
  'iam:who-can': iamWhoCanSchema,
  'imports:check': importCheckSchema,
  'imports:create': importsCreateSchema,
  'imports:delete': importsDeleteSchema,
  'imports:invoke': importsInvokeSchema,
  'imports:list': importsListSchema,
  'imports:show': importsShowSchema,
  'imports:watch': importsWatchSchema,
  'models:access': accessResultSchema,
  'models:access:request': accessRequestSchema,
  'models:availability': availabilityResultSchema,
  'models:lifecycle': lifecycleResultSchema,
  'models:list': modelsListSchema,
  'models:lock': lockResultSchema,
  'models:resolve': resolveModelSchema,
  'models:show': showModelSchema,
  monitor: monitorSampleSchema,
  readiness: readinessSchema,
  'routes:list': routesListSchema,
  'routes:trace': routesTraceSchema,
  'sandbox:env': sandboxEnvironmentSchema,
  'sandbox:scenarios': sandboxScenariosSchema,
  'sandbox:start': sandboxEnvironmentSchema,
}

/** Commands that print no document, and why. */
export const WITHOUT_DOCUMENT: Readonly<Record<string, string>> = {}
