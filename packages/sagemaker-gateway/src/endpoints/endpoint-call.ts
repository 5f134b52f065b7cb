import type { RequestScope } from '../http/request-scope.ts'
import type { ModelTable } from '../models/model-table.ts'
import type { StreamSettings } from '../resuming/resumable-answers.ts'

/** What the function behind a path gets. */
export interface EndpointCall {
  readonly body: unknown
  readonly models: ModelTable
  readonly scope: RequestScope
  readonly settings: StreamSettings
}
