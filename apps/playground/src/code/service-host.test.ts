import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { expect, it } from 'vitest'
import { serviceHost } from './service-host.ts'

const regions = [
  'us-east-1',
  'eu-central-1',
  'ap-southeast-2',
  'us-gov-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'us-isof-south-1',
  'eu-isoe-west-1',
  'eusc-de-east-1',
]

it.each(regions)('is the host that the SDK calls in %s', (region) => {
  const { config } = new SageMakerRuntimeClient({ region })
  const { url } = config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false })
  expect(serviceHost(region)).toBe(url.host)
})
