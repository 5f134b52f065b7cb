import type { EventAnswerSettings } from '../events/event-answer.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { ModelTable } from '../models/model-table.ts'

/** What the function behind a path gets. */
export interface EndpointCall {
  readonly body: unknown
  readonly models: ModelTable
  readonly scope: RequestScope
  readonly settings: EventAnswerSettings
}
