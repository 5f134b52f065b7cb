import type { CataloguedFault } from './catalogued-fault.ts'

type Row = readonly [id: string, title: string, expected: string, summary: string]

const rows: readonly Row[] = [
  ['throttling', 'Throttled', 'throttled', 'More requests than the account may send. Retry later.'],
  ['too-many-requests', 'Too many requests', 'throttled', 'Status 429, from the front of the service.'],
  ['model-not-ready', 'Model not ready', 'model-not-ready', 'The container is loading the model.'],
  [
    'no-capacity',
    'Scaled to zero',
    'model-not-ready',
    'An inference component without a single copy: status 400, although waiting helps.',
  ],
  ['service-unavailable', 'Service unavailable', 'service-unavailable', 'Status 503 of SageMaker itself.'],
  ['internal-failure', 'Internal failure', 'service-unavailable', 'Status 500 of SageMaker itself.'],
  ['dependency-failure', 'Dependency failure', 'service-unavailable', 'Status 530, which the AWS SDK does not retry.'],
  ['access-denied', 'Access denied', 'access-denied', 'These credentials may not invoke the endpoint.'],
  ['expired-token', 'Expired token', 'credentials', 'The session of these credentials has expired.'],
  ['model-error', 'Container fails', 'model-error', 'The container answered with status 500.'],
  [
    'model-overloaded',
    'Container overloaded',
    'service-unavailable',
    'The container answered with status 503. SageMaker reports 424, which the AWS SDK does not retry.',
  ],
  ['model-timeout', 'Container too slow', 'timeout', 'The container did not answer within 60 seconds.'],
  ['html-502', 'Bad gateway', 'service-unavailable', "A proxy's HTML page where JSON should be."],
  ['empty-503', 'Empty error', 'service-unavailable', 'Status 503 without a body.'],
  ['reset', 'Reset before the answer', 'connection', 'The connection breaks before the first header.'],
]

/** Ways in which a request is refused. */
export const refusals: readonly CataloguedFault[] = rows.map(([id, title, expected, summary]) => ({
  id: `refused-${id}`,
  group: 'Refused',
  title,
  summary,
  expected,
  members: { refusal: id },
  fields: [],
}))
