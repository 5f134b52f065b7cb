/**
 * Header names of SageMaker Runtime, in lower case as Node.js delivers them. The streaming and the asynchronous
 * operation carry `Accept` in a separate header, because their `Accept` belongs to the event stream.
 */
export const headerNames = {
  accept: 'x-amzn-sagemaker-accept',
  contentType: 'x-amzn-sagemaker-content-type',
  customAttributes: 'x-amzn-sagemaker-custom-attributes',
  targetModel: 'x-amzn-sagemaker-target-model',
  targetVariant: 'x-amzn-sagemaker-target-variant',
  targetContainerHostname: 'x-amzn-sagemaker-target-container-hostname',
  inferenceId: 'x-amzn-sagemaker-inference-id',
  enableExplanations: 'x-amzn-sagemaker-enable-explanations',
  inferenceComponentName: 'x-amzn-sagemaker-inference-component',
  sessionId: 'x-amzn-sagemaker-session-id',
  prefixAwareId: 'x-amzn-sagemaker-prefix-aware-id',
  newSessionId: 'x-amzn-sagemaker-new-session-id',
  closedSessionId: 'x-amzn-sagemaker-closed-session-id',
  invokedProductionVariant: 'x-amzn-invoked-production-variant',
  requestId: 'x-amzn-requestid',
} as const
